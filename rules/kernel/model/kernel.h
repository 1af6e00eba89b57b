/* What the files of the kernel model, and of the models built on it, share.
 *
 * Model state lives in globals named model_*; rules read them as model.NAME. Static functions have
 * names that are unique in the whole model, so that its files may be compiled one by one or as one.
 */
#ifndef DRVLINT_KERNEL_MODEL_H
#define DRVLINT_KERNEL_MODEL_H

#include <ntddk.h>

#include "drvlint.h"

/* A model function has the parameters of the real one, whether it looks at them or not. */
#pragma clang diagnostic ignored "-Wunused-parameter"

/* The current IRQL. Whatever raises or lowers it assigns it, and so does who runs a callback. */
extern unsigned char model_irql;

/* Interrupts come above DISPATCH_LEVEL; which device level does not matter. */
#define MODEL_DEVICE_LEVEL ((KIRQL)5)

/* The DRIVER_OBJECT that the driver got. */
extern DRIVER_OBJECT model_driver_object;

/* A device that the driver has created, NULL if none. */
extern PDEVICE_OBJECT model_device;
/* Creates one. */
PDEVICE_OBJECT model_create_device(void);

/* Runs one callback as the system does: at IRQL `level`, between `enter` and `leave` of `role`; the
 * level of before holds again afterwards. Arguments are evaluated twice: pass variables. */
#define RUN(level, role, handler, ...)                                                             \
    do {                                                                                           \
        KIRQL model_before = model_irql;                                                           \
        model_irql = (level);                                                                      \
        drvlint_enter(role, ##__VA_ARGS__);                                                        \
        (handler)(__VA_ARGS__);                                                                    \
        drvlint_leave(role);                                                                       \
        model_irql = model_before;                                                                 \
    } while (0)

/* The same for a callback with a result. */
#define RUN_FOR(result, level, role, handler, ...)                                                 \
    do {                                                                                           \
        KIRQL model_before = model_irql;                                                           \
        model_irql = (level);                                                                      \
        drvlint_enter(role, ##__VA_ARGS__);                                                        \
        (result) = (handler)(__VA_ARGS__);                                                         \
        drvlint_leave(role, (result));                                                             \
        model_irql = model_before;                                                                 \
    } while (0)

/* For callbacks that come at PASSIVE_LEVEL or DISPATCH_LEVEL. Two calls, not one with a level that
 * may be either: what the driver does depends on the level. */
#define RUN_AT_EITHER(role, handler, ...)                                                          \
    do {                                                                                           \
        if (drvlint_choose())                                                                      \
            RUN(PASSIVE_LEVEL, role, handler, ##__VA_ARGS__);                                      \
        else                                                                                       \
            RUN(DISPATCH_LEVEL, role, handler, ##__VA_ARGS__);                                     \
    } while (0)

#define RUN_FOR_AT_EITHER(result, role, handler, ...)                                              \
    do {                                                                                           \
        if (drvlint_choose())                                                                      \
            RUN_FOR(result, PASSIVE_LEVEL, role, handler, ##__VA_ARGS__);                          \
        else                                                                                       \
            RUN_FOR(result, DISPATCH_LEVEL, role, handler, ##__VA_ARGS__);                         \
    } while (0)

/* The registered handler, else a function of the driver that is declared with its role but whose
 * registration nobody has seen, else NULL. */
#define HANDLER(registered, role)                                                                  \
    ((registered) ? (registered) : (__typeof__(registered))drvlint_declared(role))

/* What an allocator returns. A macro, so that each allocator has its own objects. */
#define FRESH_OR_NULL() (drvlint_choose() ? drvlint_fresh() : NULL)

/* Functions about which there is no more to say than this, one line each: what they do has no
 * effect on what is modelled; they return any value; they succeed or fail. */
#define NO_EFFECT(name, parameters)                                                                \
    void(name) parameters                                                                          \
    {                                                                                              \
    }
#define ANY_VALUE(type, name, parameters)                                                          \
    type(name) parameters                                                                          \
    {                                                                                              \
        return (type)drvlint_any_u64();                                                            \
    }
#define ANY_BOOLEAN(name, parameters)                                                              \
    BOOLEAN(name) parameters                                                                       \
    {                                                                                              \
        return model_any_boolean();                                                                \
    }
#define ANY_RESULT(name, parameters)                                                               \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        return model_any_result();                                                                 \
    }
#define ANY_POINTER(type, name, parameters)                                                        \
    type(name) parameters                                                                          \
    {                                                                                              \
        return (type)drvlint_any_pointer();                                                        \
    }
/* And allocators: NULL or a new object. */
#define ALLOCATES(type, name, parameters)                                                          \
    type(name) parameters                                                                          \
    {                                                                                              \
        return (type)FRESH_OR_NULL();                                                              \
    }
/* And functions that fail, or write a new object to where their argument `handle` points. */
#define OPENS(name, handle, parameters)                                                            \
    NTSTATUS(name) parameters                                                                      \
    {                                                                                              \
        if (drvlint_choose())                                                                      \
            return model_failure();                                                                \
        *(handle) = drvlint_fresh();                                                               \
        return STATUS_SUCCESS;                                                                     \
    }
/* And what ends the life of its argument `object`. */
#define FREES(name, parameters, object)                                                            \
    void(name) parameters                                                                          \
    {                                                                                              \
        drvlint_free(object);                                                                      \
    }

/* Which of several followed objects is meant does not matter, as long as each may be: remembers
 * `object` if the variable is free, and otherwise perhaps. */
#define FOLLOW(variable, object)                                                                   \
    do {                                                                                           \
        if (!(variable) || ((variable) != (object) && drvlint_choose()))                           \
            (variable) = (object);                                                                 \
    } while (0)

/* Some failure: NTSTATUS and NDIS_STATUS values with the severity "error". */
NTSTATUS model_failure(void);
/* STATUS_SUCCESS or some failure. */
NTSTATUS model_any_result(void);
/* Any value, for functions that only compute. */
BOOLEAN model_any_boolean(void);

/* The kernel's callbacks: queued DPCs, system threads, work items, I/O requests. One of them may
 * run, or none. */
void model_run_queued_work(void);
/* None of it will run any more. */
void model_forget_queued_work(void);
/* What is declared with a role, but never queued or set where one could see it. */
void model_run_declared_work(void);
/* I/O requests to the driver's devices; not while it is being loaded or unloaded. */
void model_run_device_requests(void);

/* Called where the current thread waits. Each pack lets happen there what a thread may wait for. */
void model_let_others_run(void);
/* Called where it waits without a limit, and not before model_let_others_run(): work that has been
 * handed to another thread is done by then, since most likely that is what it waits for. */
void model_finish_work(void);
/* The kernel's part of it: work items and a system thread. */
void model_finish_queued_work(void);

#endif
