/* What the files of program/ share while a program is built. Nothing here outlives program_build().
 */
#ifndef DRVLINT_PROGRAM_INTERNAL_H
#define DRVLINT_PROGRAM_INTERNAL_H

#include "base/map.h"
#include "program/program.h"
#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>
#include <llvm-c/Target.h>

struct module;

/* A member of a record according to debug info. */
struct member {
    const char *name;      /* interned; "" for nameless ones */
    LLVMMetadataRef type;  /* as declared, typedefs included; NULL: unknown */
    uint64_t offset, size; /* bytes; bit-fields: those of their storage unit */
    bool is_bitfield;
};

/* A struct, union or class of debug info. */
struct record {
    LLVMMetadataRef node;
    const char *name; /* of the record, else of a typedef for it; NULL: none */
    const char *stem; /* name without template arguments, as LLVM has it */
    loc_id place;     /* where it is defined; tells nameless ones apart */
    uint64_t size;    /* bytes */
    bool is_union;
    bool complete;          /* false: only declared */
    bool bound;             /* some LLVM struct type stands for it */
    struct member *members; /* filled by record_members() */
    uint32_t nmembers;
    bool has_members;
    type_id type;        /* made on the first request; 0: not yet, or incomplete */
    struct record *next; /* of the same name */
};

/* An LLVM struct type and what the source calls it. */
struct layout {
    type_id type;          /* 0: nothing is known but offsets */
    struct record *record; /* NULL: none */
};

/* What is known of a module's debug info: filled on request. */
struct debug {
    VEC(struct record *) records;
    struct map record_of; /* composite node -> its record */
    bool walked;          /* debug_find_records() was here: all records are known */
    struct map by_name;   /* then: interned stem -> first record */
    struct map typedefs;  /* composite node -> interned name of a typedef for it */
    struct map visited;   /* type nodes already walked */
    struct map types;     /* array type node -> type_id */
    struct map layouts;   /* LLVM struct type -> index + 1 into layouts_made */
    VEC(struct layout) layouts_made;
    struct map files;                  /* DIFile -> interned path */
    struct map locs;                   /* DILocation -> loc_id */
    struct map global_types;           /* global variable -> its DIGlobalVariable */
    LLVMValueRef value_fn, declare_fn; /* llvm.dbg.value, llvm.dbg.declare; NULL: none */
};

/* One translation unit or file of the model. */
struct module {
    struct builder *builder;
    const char *file; /* for messages */
    bool from_model;
    struct unit *unit; /* NULL for the model's */
    const char *bitcode;
    size_t bitcode_length;
    bool failed;   /* could not be read */
    char *message; /* what LLVM said meanwhile, or NULL */
    LLVMContextRef context;
    LLVMMemoryBufferRef buffer;
    LLVMModuleRef llvm;
    VEC(LLVMValueRef) wanted; /* while reading: functions of the model that others start from */
    LLVMTargetDataRef layout; /* owned by `llvm` */
    bool has_traps;           /* __builtin_trap() is used */
    struct map symbols;       /* function, variable or alias -> index + 1 of its symbol */
    struct map slot_base;   /* SEH: function that escapes locals -> number of its first slot + 1 */
    struct map frame_slots; /* SEH: outermost function -> slots of its family */
    struct debug debug;
};

enum symbol_kind { SYMBOL_FUNCTION, SYMBOL_GLOBAL, SYMBOL_ALIAS };

/* How good a definition is; the strongest one of a name wins. */
enum strength {
    STRENGTH_DECLARED,
    STRENGTH_AVAILABLE, /* a body for inlining; the real one is elsewhere */
    STRENGTH_WEAK,      /* linkonce, weak */
    STRENGTH_TENTATIVE, /* zero-initialized variable: C lets several files have it */
    STRENGTH_STRONG,
};

/* What a linkage name stands for in the whole program. */
struct symbol {
    const char *name; /* interned; unique */
    const char *base; /* the name before it was made unique: interned */
    enum symbol_kind kind;
    enum strength strength;
    LLVMValueRef value;    /* the definition, else the best declaration */
    struct module *module; /* that `value` is in */
    bool local;            /* not visible in other files */
    bool in_driver;        /* some translation unit of the driver mentions it */
    uint32_t id;           /* into functions or globals; ID_NONE for aliases */
};

/* What two modules both define. */
struct duplicates {
    const struct module *first, *second;
    struct place first_place, second_place; /* of `name` */
    const char *name;                       /* the first such name */
    const char *others;                     /* some further ones, or NULL */
    size_t count;
};

/* What else makes a type that type. */
struct type_identity {
    const char *file; /* interned base name of the file that defines it, or NULL: a pack that was
                         compiled elsewhere has the same headers at another path */
    uint32_t line;
    type_id next; /* type of the same layout hash, or 0 */
};

struct builder {
    struct arena *arena;  /* of the program */
    struct arena scratch; /* freed at the end of program_build() */
    struct interner *names;
    struct diag *diag;
    const char *pack_root; /* normalized, without a final '/'; NULL: none */
    struct module *modules;
    size_t nmodules;
    VEC(struct symbol) symbols;
    struct map symbol_of; /* interned name -> index + 1 */
    VEC(struct duplicates) duplicates;
    VEC(struct function) functions;
    VEC(struct global) globals;
    VEC(struct type) types;
    VEC(struct loc) locs;
    struct map loc_ids;                   /* file, line, column -> loc_id */
    struct map file_ids;                  /* interned path -> number */
    struct map type_ids;                  /* hash of a layout -> type_id of the newest such type */
    VEC(struct type_identity) identities; /* [type_id] */
    unsigned pointer_bits;
};

/* modules.c: reading bitcode */

/* Reads all modules, as many at a time as there are processors, but of the model only what the
 * harness and the driver can reach; runs mem2reg on them and makes debug info readable. On failure
 * tells diag. modules_close() is due in either case. */
bool modules_open(struct builder *b);
void modules_close(struct builder *b);

/* needed.c: deletes from a module of the model what neither `wanted` nor its visible variables lead
 * to. Runs in any thread. */
void needed_keep(struct module *m);

/* link.c: symbols */

/* Enters all symbols of all modules and picks a definition for each. Fills builder.symbols and
 * module.symbols; then functions and globals get their ids, names and shapes, but no bodies. */
void link_symbols(struct builder *b);

/* The symbol of a function, variable or alias of that module; NULL for intrinsics and llvm.* data.
 */
const struct symbol *link_find(const struct module *module, LLVMValueRef value);

/* Hash of a function's or call's shape. */
uint64_t shape_of_type(const struct module *module, LLVMTypeRef function_type);

/* A function that exists for the program only, made on the first request: what inline assembler and
 * unknown intrinsics do to memory. */
func_id link_pseudo_function(struct builder *b, const char *name);

/* debug.c: debug info */

void debug_open(struct module *module);

/* Learns all records that the module's variables, functions and casts speak of; costs more than
 * lowering the rest of a small file, so only a name that is found no other way asks for it. */
void debug_find_records(struct module *module);

/* The place of an instruction; 0 if it has none or line 0. */
loc_id debug_loc(struct module *module, LLVMValueRef instruction);
/* Line of a function or variable in its file; 0 if unknown. */
loc_id debug_loc_at(struct module *module, LLVMMetadataRef file, uint32_t line, uint32_t column);

/* Operand `index` of a node, NULL if it has none. */
LLVMMetadataRef debug_operand(struct module *module, LLVMMetadataRef node, unsigned index);
/* The same as interned text; NULL if it is none or empty. */
const char *debug_string(struct module *module, LLVMMetadataRef node, unsigned index);

/* Indices of operands, as LLVM 19 lays them out. */
enum {
    DI_SCOPE_FILE = 0, /* records, types, subprograms */
    DI_TYPE_SCOPE = 1,
    DI_TYPE_NAME = 2,
    DI_TYPE_BASE = 3,
    DI_TYPE_ELEMENTS = 4, /* composites */
    DI_MEMBER_EXTRA = 4,  /* derived types: storage offset of a bit-field */
    DI_SUBROUTINE_TYPES = 3,
    DI_VARIABLE_SCOPE = 0,
    DI_VARIABLE_NAME = 1,
    DI_VARIABLE_FILE = 2,
    DI_VARIABLE_TYPE = 3,
    DI_SUBPROGRAM_SCOPE = 1,
    DI_SUBPROGRAM_NAME = 2,
    DI_SUBPROGRAM_LINKAGE = 3,
    DI_SUBPROGRAM_TYPE = 4,
    DI_UNIT_RETAINED_TYPES = 5,
    DI_UNIT_GLOBALS = 6,
};

/* Without typedefs and qualifiers; NULL for void and NULL. */
LLVMMetadataRef debug_strip(struct module *module, LLVMMetadataRef type);
/* What a pointer type points at, stripped; NULL if `type` is no pointer. */
LLVMMetadataRef debug_pointee(struct module *module, LLVMMetadataRef type);
/* The element type of an array of one dimension, stripped; NULL otherwise. */
LLVMMetadataRef debug_element(struct module *module, LLVMMetadataRef type);
/* The record that the stripped type is; NULL: it is none. */
struct record *debug_record(struct module *module, LLVMMetadataRef type);
/* Number of elements of an array in all dimensions, 0 if unknown; 1 if `type` is no array.
 * *ret_element is the stripped element type. */
uint64_t debug_array(struct module *module, LLVMMetadataRef type, LLVMMetadataRef *ret_element);
/* The lengths of an array's dimensions, outermost first; 0: unknown. Returns how many there are. */
uint32_t debug_dimensions(struct module *module, LLVMMetadataRef array, uint64_t *lengths,
                          uint32_t cap);
/* Sets name and stem. */
void record_set_name(struct module *module, struct record *record, const char *name);
/* Makes record.members. */
void record_members(struct module *module, struct record *record);
/* The variable of a global; NULL if debug info has none. */
LLVMMetadataRef debug_global(struct module *module, LLVMValueRef global);
/* Name of a function for people. */
const char *debug_function_name(struct module *module, LLVMValueRef function, const char *name);

/* types.c: the program's types */

/* The type of debug info `type`: a record or an array; 0 for scalars, pointers, incomplete ones. */
type_id type_of_debug(struct module *module, LLVMMetadataRef type);
/* The type of an LLVM struct or array type; `hint` is what debug info says the memory is, or NULL.
 */
type_id type_of_llvm(struct module *module, LLVMTypeRef type, LLVMMetadataRef hint);
/* What is known of an LLVM struct type. Valid until the next call. */
const struct layout *layout_of(struct module *module, LLVMTypeRef type, LLVMMetadataRef hint);
/* Index of the field that starts at or has the byte at `offset`; ID_NONE. */
uint32_t type_field_at(const struct type *type, uint64_t offset);

/* constant.c: constants and initializers */

/* Bits of a register of that type; 0: opaque. */
unsigned width_of(const struct module *module, LLVMTypeRef type);
uint64_t size_of(const struct module *module, LLVMTypeRef type);
/* `value` cut to `width` bits. */
uint64_t cut(uint64_t value, unsigned width);
struct operand operand_const(uint64_t value, unsigned width);
struct operand operand_undef(unsigned width);
/* A constant as an operand, without field information; UNDEF if it cannot be one. Expressions of
 * global + number are folded. */
struct operand constant_operand(struct module *module, LLVMValueRef constant);
/* The exact bits of a floating-point constant. */
bool constant_float_bits(const struct module *module, LLVMValueRef constant, uint64_t *ret_bits);
/* The initializer of `global`, whose definition is `value`. */
void constant_initializer(struct module *module, LLVMValueRef value, struct global *global);
/* Number that stands for a label's address: equal for equal blocks, never 0. */
uint64_t constant_label(LLVMValueRef function, LLVMBasicBlockRef block);

/* lower.c: function bodies */

/* Lowers the body of a defined function. Its own shape and those of all others must be known. */
void lower_function(struct module *module, LLVMValueRef value, func_id id);

/* seh.c: locals that __finally blocks share with their function; numbers them. */
void seh_open(struct module *module);

#endif
