/* The intrinsics: all that the engine adds to C. Included by every file of an OS model.
 *
 * A model function is ordinary C. Wherever the real function may do one thing or another, it asks
 * drvlint_choose(); the engine explores both. Model state is kept in globals named model_*; rules
 * read them as model.NAME. */
#ifndef DRVLINT_MODEL_H
#define DRVLINT_MODEL_H

#ifdef __cplusplus
extern "C" {
#endif

/* 0 or 1, both explored. */
int drvlint_choose(void);

/* Any value of that width; one symbol, the same wherever the result is copied. */
unsigned char drvlint_any_u8(void);
unsigned short drvlint_any_u16(void);
unsigned int drvlint_any_u32(void);
unsigned long long drvlint_any_u64(void);
/* Any pointer, may be NULL; points at memory of unknown contents, unlike every known object. */
void *drvlint_any_pointer(void);
/* The same, standing in for a context whose registration was not seen: where the driver does register
 * contexts, nothing but these is meant. */
void *drvlint_any_context(void);

/* A new object: an address that is not NULL and different from all others. Contents unknown. */
void *drvlint_fresh(void);
/* The same with zeroed contents. */
void *drvlint_fresh_zeroed(void);
/* The same for memory that a device answers from: every read may give something else, whatever was
 * written before. */
void *drvlint_fresh_device(void);
/* The object's life ends: contents are forgotten. NULL and unknown pointers are accepted. */
void drvlint_free(void *object);

/* Only paths on which the condition holds go on. */
void drvlint_assume(int condition);
/* The bytes may have any value from now on. */
void drvlint_havoc(void *address, unsigned long long size);

/* The harness starts / finished a callback of a role: `enter` and `leave` events of rules. The role
 * is a string literal; the following arguments are the callback's (for leave: its result, if it has
 * one, and nothing else). Enters nest. */
void drvlint_enter(const char *role, ...);
void drvlint_leave(const char *role, ...);

/* The driver's function of that name, NULL if it has none. Literal argument. */
void *drvlint_function(const char *name);
/* A function of the driver that is declared with that role type and that no characteristics
 * structure, timer or other registration in the source mentions; each one in turn if there are
 * several; NULL if none. Literal argument. */
void *drvlint_declared(const char *role);

#ifdef __cplusplus
}
#endif
#endif
