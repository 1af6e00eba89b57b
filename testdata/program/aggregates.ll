; What clang does not write for this target, but LLVM has: first-class structs, constant expressions
; in phis, freeze, odd widths, byval, invoke, min and max.
target datalayout = "e-m:w-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-windows-msvc"

%pair = type { i32, ptr }
%outer = type { %pair, [2 x i16] }

@g = global %outer zeroinitializer
@h = alias i16, getelementptr (%outer, ptr @g, i32 0, i32 1, i32 1)

declare i32 @callee(ptr byval(%outer))
declare %pair @returns_pair()

define i32 @copies(ptr %from, ptr %to) {
  %all = load %outer, ptr %from
  %changed = insertvalue %outer %all, i16 7, 1, 0
  store %outer %changed, ptr %to
  %inner = extractvalue %outer %changed, 0
  %number = extractvalue %pair %inner, 0
  store %outer zeroinitializer, ptr %from
  store { i32, i8 } { i32 1, i8 2 }, ptr %from
  ret i32 %number
}

define i32 @unknown(ptr %to) {
  %p = call %pair @returns_pair()
  %a = extractvalue %pair %p, 0
  store %pair %p, ptr %to
  %f = freeze i32 %a
  ret i32 %f
}

define ptr @constants(i1 %c) {
entry:
  br i1 %c, label %a, label %b
a:
  br label %b
b:
  %p = phi ptr [ getelementptr (%outer, ptr @g, i32 0, i32 1), %entry ], [ @h, %a ]
  %i = phi i64 [ ptrtoint (ptr @g to i64), %entry ], [ 5, %a ]
  store i32 trunc (i64 sub (i64 ptrtoint (ptr @h to i64), i64 ptrtoint (ptr @g to i64)) to i32), ptr %p
  store i64 %i, ptr getelementptr (%outer, ptr @g, i32 0, i32 0, i32 1)
  ret ptr %p
}

define i24 @odd(ptr %p, i7 %x) {
  %v = load i24, ptr %p
  %w = zext i7 %x to i24
  %s = add i24 %v, %w
  store i7 %x, ptr %p
  ret i24 %s
}

define i32 @by_value(ptr %o) {
  %r = call i32 @callee(ptr byval(%outer) %o)
  ret i32 %r
}

define i32 @minmax(i32 %a, i32 %b) {
  %1 = call i32 @llvm.umax.i32(i32 %a, i32 %b)
  %2 = call i32 @llvm.smin.i32(i32 %1, i32 %b)
  %3 = call i32 @llvm.abs.i32(i32 %2, i1 false)
  %4 = call i32 @llvm.fshr.i32(i32 %3, i32 %3, i32 5)
  ret i32 %4
}

declare i32 @llvm.umax.i32(i32, i32)
declare i32 @llvm.smin.i32(i32, i32)
declare i32 @llvm.abs.i32(i32, i1)
declare i32 @llvm.fshr.i32(i32, i32, i32)
