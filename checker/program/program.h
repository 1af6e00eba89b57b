/* The program: all files of a driver and the OS model in one compact, immutable representation that
 * knows nothing of LLVM. Built once; afterwards plain arrays that threads may read.
 *
 * Each function is in SSA form: an instruction that has a result is named by its index in the
 * function. Registers hold integers and pointers of 1 to 64 bits; wider and floating values are
 * "opaque" (width 0): their results are unknown. Memory is bytes; locals whose address is taken or
 * that are aggregates are allocas. Documented instruction by instruction in docs/program.md. */
#ifndef DRVLINT_PROGRAM_H
#define DRVLINT_PROGRAM_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/vec.h"
#include "frontend/frontend.h"

typedef uint32_t func_id;  /* index into program.functions */
typedef uint32_t block_id; /* index into function.blocks */
typedef uint32_t instr_id; /* index into function.instrs */
typedef uint32_t type_id;  /* index into program.types; 0: none */
typedef uint32_t loc_id;   /* index into program.locs; 0: none */
#define ID_NONE UINT32_MAX

enum operand_kind {
    OPERAND_NONE,
    OPERAND_INSTR,  /* index: instruction of the same function */
    OPERAND_PARAM,  /* index: parameter number */
    OPERAND_CONST,  /* value: the bits, zero-extended to 64; width says how many count. NULL is 0 */
    OPERAND_GLOBAL, /* index: global; value: byte offset into it */
    OPERAND_FUNC,   /* index: function */
    OPERAND_UNDEF,  /* any value (also poison) */
};

struct operand {
    enum operand_kind kind : 8;
    unsigned width : 8; /* bits, 1..64; 0: opaque */
    uint32_t index;
    uint64_t value;
};

enum opcode {
    INSTR_ALLOCA,  /* result: address of a new object of `size` bytes, type `type`; size 0: its
                      length  is a (bytes), known at run time only */
    INSTR_LOAD,    /* a: address; reads `size` bytes; result width may be 8*size or less (i1), or 0:
                      read, but the value is not represented (floating point, 128 bits) */
    INSTR_STORE,   /* a: value, zero-extended, b: address; writes `size` bytes. a UNDEF: the bytes
                      are unknown from now on */
    INSTR_PTRADD,  /* a + offset + b * scale; b may be NONE. `type`/`field`: see struct instr.
                      Selects  a field (type not 0, b NONE) or moves by an index, never both */
    INSTR_BINARY,  /* a `sub` b, both of the result's width */
    INSTR_COMPARE, /* a `sub` b, result width 1 */
    INSTR_CAST,    /* `sub` of a */
    INSTR_SELECT,  /* a ? b : c */
    INSTR_PHI,     /* extra[0..n): one operand per predecessor, in the order of block.preds */
    INSTR_CALL,    /* a: callee (FUNC, or a value for indirect calls); extra[0..n): arguments */
    INSTR_MEMSET,  /* a: address, b: byte, c: length */
    INSTR_MEMCPY,  /* a: destination, b: source, c: length; also memmove */
    INSTR_OPAQUE, /* an unknown value of `width` bits, made here: asm outputs, bit counts, converted
                     floating point ...; width is never 0 */
    INSTR_RETURN, /* a: value or NONE (function.result_width 0) */
    INSTR_JUMP,   /* to succs[0] */
    INSTR_BRANCH, /* a != 0: succs[0], else succs[1] */
    INSTR_SWITCH, /* a; succs[0] is default; succs[i+1] is taken for extra[i] (CONST) */
    INSTR_UNREACHABLE,
};

enum binary_op {
    BIN_ADD,
    BIN_SUB,
    BIN_MUL,
    BIN_UDIV,
    BIN_SDIV,
    BIN_UREM,
    BIN_SREM,
    BIN_SHL,
    BIN_LSHR,
    BIN_ASHR,
    BIN_AND,
    BIN_OR,
    BIN_XOR
};
enum compare_op {
    CMP_EQ,
    CMP_NE,
    CMP_ULT,
    CMP_ULE,
    CMP_UGT,
    CMP_UGE,
    CMP_SLT,
    CMP_SLE,
    CMP_SGT,
    CMP_SGE
};
enum cast_op { CAST_TRUNC, CAST_ZEXT, CAST_SEXT, CAST_PTRTOINT, CAST_INTTOPTR, CAST_SAME };

struct instr {
    enum opcode op : 8;
    unsigned sub : 8;   /* binary_op, compare_op or cast_op */
    unsigned width : 8; /* of the result in bits; 0: none or opaque */
    unsigned is_volatile : 1;
    block_id block;
    loc_id loc; /* source place; 0: compiler-made */
    struct operand a, b, c;
    struct operand *extra; /* arguments, phi inputs, switch cases */
    uint32_t nextra;
    uint64_t size;      /* ALLOCA, LOAD, STORE: bytes */
    uint64_t signature; /* CALL: shape of the call, comparable with function.signature */
    int64_t offset;     /* PTRADD: constant part in bytes */
    uint64_t scale;     /* PTRADD: bytes per unit of b */
    uint64_t count;     /* PTRADD with b: elements of the array type indexed; 0: not known */
    type_id type;       /* ALLOCA: the object's; PTRADD: struct whose field is selected; else 0 */
    uint32_t field;     /* PTRADD: index into that struct's fields, or ID_NONE */
    const char *name;   /* the variable or parameter that holds the result in the source, or NULL */
};

struct block {
    instr_id first;          /* instructions are consecutive: [first, first + count) */
    uint32_t count;          /* the last one is the terminator */
    block_id *preds, *succs; /* preds in order of their ids, then of their succs */
    uint32_t npreds, nsuccs; /* a pred with two edges to here is listed twice */
};

struct param {
    const char *name;
    unsigned width;
    type_id pointee; /* struct it points at according to debug info, or 0 */
};

struct function {
    const char *name;    /* linkage name without decoration: interned */
    const char *display; /* for people: demangled C++ name, else name */
    bool defined;
    bool from_model; /* defined in the rule pack (OS model, inline functions of its headers), or
                        mentioned nowhere else */
    bool variadic;
    bool address_taken;
    bool is_static;
    uint32_t result_width; /* bits; 0: void or opaque */
    struct param *params;
    uint32_t nparams;
    struct block *blocks; /* blocks[0] is the entry */
    uint32_t nblocks;
    struct instr *instrs;
    uint32_t ninstrs;
    loc_id loc; /* of the name */
    loc_id end; /* closing brace, when known */
    uint64_t
        signature; /* equal for equal parameter/result shapes; to resolve unknown calls by type */
};

/* One initialized scalar inside a global; the rest of an initialized global is zero. */
struct init {
    uint64_t offset;
    uint32_t size;        /* bytes */
    struct operand value; /* CONST, GLOBAL, FUNC, or UNDEF where it is not represented */
};

struct global {
    const char *name;    /* linkage name: interned, unique */
    const char *display; /* name in the source; for string literals the linkage name */
    bool defined;        /* false: lives elsewhere, contents unknown */
    bool from_model;     /* as in struct function */
    bool is_constant;
    uint64_t size;
    type_id type;
    struct init *inits; /* sorted by offset */
    uint32_t ninits;
    loc_id loc;
};

struct field {
    const char *name; /* "" for anonymous members */
    uint64_t offset;  /* bytes from the start of the struct */
    uint64_t size;    /* bytes */
    type_id type;     /* of a struct/union/array-of-struct member; 0: scalar or pointer */
    uint64_t count;   /* array elements; 1: no array */
};

/* A struct, union or array that instructions or debug info name. Names of structs are without
 * "struct ". Fields are the members in order of declaration; bit-fields that share a storage unit
 * are one field, named "First|Second". The same struct seen in several files is one type. */
struct type {
    const char *name; /* "_ADAPTER", else a typedef's name; NULL if the source gives none */
    const char
        *display; /* name; for nameless ones where they are declared, "_ADAPTER.Lock"; never NULL */
    uint64_t size;
    bool is_union;
    struct field *fields;
    uint32_t nfields;
    uint64_t array_count; /* >0: an array of `element` */
    type_id element;
};

struct loc {
    const char *file; /* path as the user may open it: interned */
    uint32_t line, column;
    bool in_model; /* inside the rule pack (model or headers), wherever that was compiled */
};

struct program {
    struct arena *arena;
    struct function *functions;
    uint32_t nfunctions;
    struct global *globals;
    uint32_t nglobals;
    struct type *types; /* types[0] unused */
    uint32_t ntypes;
    struct loc *locs; /* locs[0] unused */
    uint32_t nlocs;
    struct facts **facts; /* of each translation unit */
    uint32_t nfacts;
    unsigned pointer_bits;
};

/* The function of the OS model that analysis starts from. */
#define PROGRAM_HARNESS "drvlint_harness"

/* One compiled file of the OS model. */
struct model_bitcode {
    const char *file; /* for messages */
    const char *data;
    size_t length;
};

/* Runs mem2reg on the bitcode of each unit (those that have some) and of the model, links them and
 * lowers and verifies the result. Functions of the model that neither the harness nor the driver
 * can reach are left out: the model has a thousand, a driver uses some dozens. Places in files
 * below `pack_root` (may be NULL) are loc.in_model. Two definitions of one function or variable are
 * a warning: files that have one of their own use it, all others use the driver's first one, else
 * the model's. Names and strings are interned in `names`; the bitcode is not needed afterwards. On
 * failure says why. */
bool program_build(struct arena *arena, struct interner *names, struct unit *const *units,
                   size_t nunits, const struct model_bitcode *model, size_t nmodel,
                   const char *pack_root, struct program *ret_program, struct diag *diag);

/* LLVM's text of all modules as they are before lowering, one after the other, for --dump=bitcode.
 * NULL on failure. */
char *program_dump_bitcode(struct arena *arena, struct unit *const *units, size_t nunits,
                           const struct model_bitcode *model, size_t nmodel, struct diag *diag);

/* By linkage name, else by display name (C++; the first). ID_NONE if there is none. */
func_id program_find_function(const struct program *program, const char *name);
uint32_t program_find_global(const struct program *program, const char *name);

/* The field of `type` that has the byte at `offset`; of several (unions) the first, of nested ones
 * the outermost. ID_NONE for padding, arrays and type 0. */
uint32_t program_field_at(const struct program *program, type_id type, uint64_t offset);

/* Stable text of the program or one function, without the model's unless asked. */
char *program_print(const struct program *program, struct arena *arena, bool with_model);
char *program_print_function(const struct program *program, func_id function, struct arena *arena);
char *program_print_instr(const struct program *program, func_id function, instr_id instr,
                          struct arena *arena);

/* NULL if every invariant of this header holds, else a sentence naming the broken one and the
 * function around it. */
char *program_verify(const struct program *program, struct arena *arena);

#endif
