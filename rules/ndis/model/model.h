/* What the files of the NDIS model share. See docs/writing-models.md. */
#ifndef DRVLINT_NDIS_MODEL_H
#define DRVLINT_NDIS_MODEL_H

/* All kinds and versions of NDIS drivers are modelled at once, so every part of the headers is
 * needed. Members of later revisions are read only if the driver's structure has them. */
#define NDIS_MINIPORT_DRIVER 1
#define NDIS689_MINIPORT 1
#include <ndis.h>

#include "kernel.h"

/* For data path callbacks, whose last argument are flags of which one says that the level is
 * DISPATCH_LEVEL; without it nothing is known about the level (page dispatch-irql-tracking). The
 * flag is the same for sends, completions, receives and returns. */
#define MODEL_AT_DISPATCH NDIS_SEND_FLAGS_DISPATCH_LEVEL
C_ASSERT(NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL == MODEL_AT_DISPATCH);
C_ASSERT(NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL == MODEL_AT_DISPATCH);
C_ASSERT(NDIS_RETURN_FLAGS_DISPATCH_LEVEL == MODEL_AT_DISPATCH);

#define RUN_FLAGGED(role, handler, ...)                                                            \
    do {                                                                                           \
        ULONG model_flags = drvlint_any_u32();                                                     \
        if (model_flags & MODEL_AT_DISPATCH)                                                       \
            RUN(DISPATCH_LEVEL, role, handler, __VA_ARGS__, model_flags);                          \
        else                                                                                       \
            RUN_AT_EITHER(role, handler, __VA_ARGS__, model_flags);                                \
    } while (0)

/* NDIS_STATUS is another type than NTSTATUS: one-line models with that result. */
#define ANY_STATUS(name, parameters)                                                               \
    NDIS_STATUS(name) parameters                                                                   \
    {                                                                                              \
        return model_any_result();                                                                 \
    }
#define OPENS_HANDLE(name, handle, parameters)                                                     \
    NDIS_STATUS(name) parameters                                                                   \
    {                                                                                              \
        if (drvlint_choose())                                                                      \
            return model_failure();                                                                \
        *(handle) = drvlint_fresh();                                                               \
        return NDIS_STATUS_SUCCESS;                                                                \
    }

/* The miniport driver, from the characteristics that it registered. */
struct model_miniport {
    NDIS_HANDLE driver; /* NULL: not registered */
    NDIS_HANDLE context;
    MINIPORT_INITIALIZE *initialize;
    MINIPORT_HALT *halt;
    MINIPORT_UNLOAD *unload;
    MINIPORT_PAUSE *pause;
    MINIPORT_RESTART *restart;
    MINIPORT_OID_REQUEST *oid_request;
    MINIPORT_SEND_NET_BUFFER_LISTS *send;
    MINIPORT_RETURN_NET_BUFFER_LISTS *return_lists;
    MINIPORT_CANCEL_SEND *cancel_send;
    MINIPORT_CHECK_FOR_HANG *check_for_hang;
    MINIPORT_RESET *reset;
    MINIPORT_DEVICE_PNP_EVENT_NOTIFY *pnp_event;
    MINIPORT_SHUTDOWN *shutdown;
    MINIPORT_CANCEL_OID_REQUEST *cancel_oid;
    MINIPORT_DIRECT_OID_REQUEST *direct_oid_request;
    MINIPORT_CANCEL_DIRECT_OID_REQUEST *cancel_direct_oid;
    MINIPORT_SYNCHRONOUS_OID_REQUEST *synchronous_oid_request;
    /* NDIS_MINIPORT_SS_CHARACTERISTICS */
    MINIPORT_IDLE_NOTIFICATION *idle;
    MINIPORT_CANCEL_IDLE_NOTIFICATION *cancel_idle;
    /* NDIS_MINIPORT_PNP_CHARACTERISTICS */
    MINIPORT_ADD_DEVICE *add_device;
    MINIPORT_REMOVE_DEVICE *remove_device;
    MINIPORT_PNP_IRP *filter_resources;
    MINIPORT_PNP_IRP *start_device;
};
extern struct model_miniport model_miniport;

/* The adapter: one at a time. */
struct model_adapter {
    NDIS_HANDLE handle;
    NDIS_HANDLE context;            /* from the registration attributes */
    NDIS_HANDLE add_device_context; /* from the add-device attributes */
    BOOLEAN idle;                   /* an idle notification has pended */
};
extern struct model_adapter model_adapter;

/* The OID request that the miniport has pended; NDIS sends the next one when it is completed. */
extern PNDIS_OID_REQUEST model_oid_request;
/* What the request that came last is about; for rules. */
extern NDIS_OID model_oid;
extern NDIS_REQUEST_TYPE model_oid_type;
/* The adapter has attributes of native 802.11; for rules. */
extern BOOLEAN model_native_wifi;
/* The type of the attributes that were set last; for rules. */
extern UCHAR model_attributes;
/* A list that the driver indicated and that will be returned to it. */
extern PNET_BUFFER_LIST model_indicated_list;

/* The interrupt, while it is registered. */
struct model_interrupt {
    NDIS_HANDLE handle; /* NULL: not registered */
    NDIS_HANDLE context;
    BOOLEAN message_based;
    BOOLEAN dpc_requested; /* by NdisMQueueDpc */
    PVOID dpc_context;
    MINIPORT_ISR *isr;
    MINIPORT_INTERRUPT_DPC *dpc;
    MINIPORT_DISABLE_INTERRUPT *disable;
    MINIPORT_ENABLE_INTERRUPT *enable;
    MINIPORT_MESSAGE_INTERRUPT *message_isr;
    MINIPORT_MESSAGE_INTERRUPT_DPC *message_dpc;
    MINIPORT_DISABLE_MESSAGE_INTERRUPT *disable_message;
    MINIPORT_ENABLE_MESSAGE_INTERRUPT *enable_message;
};
extern struct model_interrupt model_interrupt;

/* A connection-oriented miniport, from NDIS_MINIPORT_CO_CHARACTERISTICS, and one of its
 * connections. */
struct model_connection {
    MINIPORT_CO_CREATE_VC *create;
    MINIPORT_CO_DELETE_VC *delete;
    MINIPORT_CO_ACTIVATE_VC *activate;
    MINIPORT_CO_DEACTIVATE_VC *deactivate;
    MINIPORT_CO_SEND_NET_BUFFER_LISTS *send;
    MINIPORT_CO_OID_REQUEST *oid_request;
    NDIS_HANDLE vc; /* its context; NULL: there is none */
};
extern struct model_connection model_connection;

/* A timer object: what its handle points at. */
struct model_timer {
    PNDIS_TIMER_FUNCTION function;
    PVOID context;
    BOOLEAN periodic;
};
/* A work item: what its handle points at. */
struct model_work_item {
    NDIS_IO_WORKITEM_FUNCTION *routine;
    PVOID context;
};
/* One of those that have been set or queued, NULL if none. */
extern struct model_timer *model_timer;
extern struct model_work_item *model_work_item;

struct model_filter {
    NDIS_HANDLE driver; /* NULL: not registered */
    NDIS_HANDLE context;
    FILTER_SET_MODULE_OPTIONS *set_module_options;
    FILTER_ATTACH *attach;
    FILTER_DETACH *detach;
    FILTER_RESTART *restart;
    FILTER_PAUSE *pause;
    FILTER_SEND_NET_BUFFER_LISTS *send;
    FILTER_SEND_NET_BUFFER_LISTS_COMPLETE *send_complete;
    FILTER_CANCEL_SEND_NET_BUFFER_LISTS *cancel_send;
    FILTER_RECEIVE_NET_BUFFER_LISTS *receive;
    FILTER_RETURN_NET_BUFFER_LISTS *return_lists;
    FILTER_OID_REQUEST *oid_request;
    FILTER_OID_REQUEST_COMPLETE *oid_complete;
    FILTER_CANCEL_OID_REQUEST *cancel_oid;
    FILTER_DEVICE_PNP_EVENT_NOTIFY *pnp_event;
    FILTER_NET_PNP_EVENT *net_pnp_event;
    FILTER_STATUS *status;
    FILTER_DIRECT_OID_REQUEST *direct_oid_request;
    FILTER_DIRECT_OID_REQUEST_COMPLETE *direct_oid_complete;
    FILTER_CANCEL_DIRECT_OID_REQUEST *cancel_direct_oid;
    FILTER_SYNCHRONOUS_OID_REQUEST *synchronous_oid_request;
    FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE *synchronous_oid_complete;
};
extern struct model_filter model_filter;

/* The filter module: one at a time. */
struct model_module {
    NDIS_HANDLE handle;
    NDIS_HANDLE context; /* from NdisFSetAttributes */
};
extern struct model_module model_module;

struct model_protocol {
    NDIS_HANDLE driver; /* NULL: not registered */
    NDIS_HANDLE context;
    PROTOCOL_BIND_ADAPTER_EX *bind;
    PROTOCOL_UNBIND_ADAPTER_EX *unbind;
    PROTOCOL_OPEN_ADAPTER_COMPLETE_EX *open_complete;
    PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX *close_complete;
    PROTOCOL_NET_PNP_EVENT *net_pnp_event;
    PROTOCOL_UNINSTALL *uninstall;
    PROTOCOL_OID_REQUEST_COMPLETE *oid_complete;
    PROTOCOL_STATUS_EX *status;
    PROTOCOL_RECEIVE_NET_BUFFER_LISTS *receive;
    PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE *send_complete;
    PROTOCOL_DIRECT_OID_REQUEST_COMPLETE *direct_oid_complete;
};
extern struct model_protocol model_protocol;

/* The binding: one at a time. */
struct model_binding {
    NDIS_HANDLE handle;       /* NULL: not open */
    NDIS_HANDLE context;      /* from NdisOpenAdapterEx */
    BOOLEAN opening, closing; /* pended; the completion handler will be called */
};
extern struct model_binding model_binding;

/* The device context of the miniport that an intermediate driver has asked for, NULL if none. */
extern NDIS_HANDLE model_im_context;

/* What a filter or protocol driver has sent down and will get back. */
extern PNDIS_OID_REQUEST model_sent_oid, model_sent_direct_oid;
extern PNET_BUFFER_LIST model_sent_list;

/* The lifecycles. Each looks at the registration above, or calls declared handlers if there is
 * none. */
void model_run_adapter(void);
void model_run_module(void);
void model_run_binding(void);

/* One event for a binding: an intermediate driver gets them while its adapter lives, too. */
void model_run_binding_event(void);

/* Single events, each with its own conditions; nothing happens if they do not hold. */
void model_run_interrupt(void);
void model_run_timer(void);
void model_run_work_item(void);
void model_run_sg_list(void);
void model_run_shared_memory(void);
void model_run_interface_provider(void);
void model_run_connection(void);
/* A callout of the filtering platform. */
void model_run_callout(void);
/* An event of a socket, or a change in the network. */
void model_run_socket(void);
void model_run_poll(void);
void model_run_returned_list(void);
void model_run_open_or_close(void);

/* What has been started and comes by itself: one of it may happen, or nothing. */
void model_run_asynchronous(void);

/* The end of a life: NDIS forgets what belonged to it. Zeroed as a whole, so that nothing of it
 * tells later states apart. */
void model_forget_interrupt(void);
void model_forget_dma(void);
void model_forget_timers(void);
void model_forget_poll(void);
void model_forget_sent(void);
/* What the driver has set or queued and not taken back: one of it still runs, or nothing. */
void model_forget_started(void);

/* Functions that are declared with a role, and whose registration nobody has seen. */
void model_run_declared(void);

#endif
