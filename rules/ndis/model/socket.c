/* Sockets of drivers, and changes in the network that they are told of. One socket and one
 * notification of each kind are followed. What a request of a socket completes with is for its
 * completion routine to find out; it comes at once, or not while anybody looks.
 *
 * Pages: nf-wsk-wskcaptureprovidernpi, nc-wsk-pfn_wsk_socket, nc-wsk-pfn_wsk_receive_from_event,
 * nf-netioapi-notifyipinterfacechange, nf-netioapi-notifyroutechange2. */
#include "model.h"

#include <netioapi.h>
#include <wsk.h>

struct model_socket {
    WSK_SOCKET socket;
    PFN_WSK_RECEIVE_FROM_EVENT receive;
    PVOID context;
};
static struct model_socket *model_socket;

static struct model_change {
    PIPINTERFACE_CHANGE_CALLBACK interface_changed;
    PIPFORWARD_CHANGE_CALLBACK route_changed;
    PUNICAST_IPADDRESS_CHANGE_CALLBACK address_changed;
    PVOID context;
} *model_change;

/* ---- callbacks ---- */

static void socket_event(void)
{
    PFN_WSK_RECEIVE_FROM_EVENT receive = model_socket->receive;
    PVOID context = model_socket->context;
    ULONG flags = drvlint_any_u32();
    PWSK_DATAGRAM_INDICATION data =
        drvlint_choose() ? (PWSK_DATAGRAM_INDICATION)drvlint_fresh() : NULL;
    NTSTATUS status;

    if (receive)
        RUN_FOR_AT_EITHER(status, "WSK_RECEIVE_FROM_EVENT", receive, context, flags, data);
}

static void network_change(void)
{
    PVOID context = model_change->context;
    MIB_NOTIFICATION_TYPE type = (MIB_NOTIFICATION_TYPE)drvlint_any_u32();

    if (model_change->interface_changed) {
        PIPINTERFACE_CHANGE_CALLBACK changed = model_change->interface_changed;
        PMIB_IPINTERFACE_ROW row = (PMIB_IPINTERFACE_ROW)drvlint_fresh();
        RUN(PASSIVE_LEVEL, "IPINTERFACE_CHANGE_CALLBACK", changed, context, row, type);
    } else if (model_change->route_changed) {
        PIPFORWARD_CHANGE_CALLBACK changed = model_change->route_changed;
        PMIB_IPFORWARD_ROW2 row = (PMIB_IPFORWARD_ROW2)drvlint_fresh();
        RUN(PASSIVE_LEVEL, "IPFORWARD_CHANGE_CALLBACK", changed, context, row, type);
    } else {
        PUNICAST_IPADDRESS_CHANGE_CALLBACK changed = model_change->address_changed;
        PMIB_UNICASTIPADDRESS_ROW row = (PMIB_UNICASTIPADDRESS_ROW)drvlint_fresh();
        RUN(PASSIVE_LEVEL, "UNICAST_IPADDRESS_CHANGE_CALLBACK", changed, context, row, type);
    }
}

void model_run_socket(void)
{
    if (model_socket && drvlint_choose())
        socket_event();
    else if (model_change)
        network_change();
}

/* ---- sockets ---- */

static NTSTATUS complete_request(PIRP irp)
{
    return IoCallDriver(NULL, irp);
}

static NTSTATUS socket_control(PWSK_SOCKET socket, WSK_CONTROL_SOCKET_TYPE type, ULONG code,
                               ULONG level, SIZE_T input_size, PVOID input, SIZE_T output_size,
                               PVOID output, SIZE_T *returned, PIRP irp)
{
    if (returned)
        *returned = drvlint_any_u64();
    return irp ? complete_request(irp) : model_any_result();
}

static NTSTATUS socket_close(PWSK_SOCKET socket, PIRP irp)
{
    if (socket == (PWSK_SOCKET)model_socket)
        model_socket = NULL;
    drvlint_free(socket);
    return complete_request(irp);
}

static NTSTATUS socket_address(PWSK_SOCKET socket, PSOCKADDR address, PIRP irp)
{
    return complete_request(irp);
}

static NTSTATUS socket_bind(PWSK_SOCKET socket, PSOCKADDR address, ULONG flags, PIRP irp)
{
    return complete_request(irp);
}

static NTSTATUS socket_send_to(PWSK_SOCKET socket, PWSK_BUF buffer, ULONG flags, PSOCKADDR remote,
                               ULONG control_length, PCMSGHDR control, PIRP irp)
{
    return complete_request(irp);
}

static NTSTATUS socket_send_messages(PWSK_SOCKET socket, PWSK_BUF_LIST list, ULONG flags,
                                     PSOCKADDR remote, ULONG control_length, PCMSGHDR control,
                                     PIRP irp)
{
    return complete_request(irp);
}

static NTSTATUS socket_receive_from(PWSK_SOCKET socket, PWSK_BUF buffer, ULONG flags,
                                    PSOCKADDR remote, PULONG control_length, PCMSGHDR control,
                                    PULONG control_flags, PIRP irp)
{
    return complete_request(irp);
}

static NTSTATUS socket_release(PWSK_SOCKET socket, PWSK_DATAGRAM_INDICATION indication)
{
    return STATUS_SUCCESS;
}

static const WSK_PROVIDER_DATAGRAM_DISPATCH model_datagram_socket = {
    .Basic = {socket_control, socket_close},
    .WskBind = socket_bind,
    .WskSendTo = socket_send_to,
    .WskReceiveFrom = socket_receive_from,
    .WskRelease = socket_release,
    .WskGetLocalAddress = socket_address,
    .WskSendMessages = socket_send_messages,
};

/* Only datagram sockets are known by their functions; those of others may do anything. */
static NTSTATUS client_socket(PWSK_CLIENT client, ADDRESS_FAMILY family, USHORT type,
                              ULONG protocol, ULONG flags, PVOID context, const void *dispatch,
                              PEPROCESS process, PETHREAD thread, PSECURITY_DESCRIPTOR security,
                              PIRP irp)
{
    if (drvlint_choose()) {
        struct model_socket *socket = (struct model_socket *)drvlint_fresh();
        if (flags == WSK_FLAG_DATAGRAM_SOCKET) {
            const WSK_CLIENT_DATAGRAM_DISPATCH *events =
                (const WSK_CLIENT_DATAGRAM_DISPATCH *)dispatch;
            socket->socket.Dispatch = &model_datagram_socket;
            socket->receive = events ? events->WskReceiveFromEvent : NULL;
            socket->context = context;
            FOLLOW(model_socket, socket);
        }
        irp->IoStatus.Information = (ULONG_PTR)&socket->socket;
    }
    return complete_request(irp);
}

static NTSTATUS client_control(PWSK_CLIENT client, ULONG code, SIZE_T input_size, PVOID input,
                               SIZE_T output_size, PVOID output, SIZE_T *returned, PIRP irp)
{
    if (returned)
        *returned = drvlint_any_u64();
    return irp ? complete_request(irp) : model_any_result();
}

static const WSK_PROVIDER_DISPATCH model_sockets = {
    .Version = MAKE_WSK_VERSION(1, 0),
    .WskSocket = client_socket,
    .WskControlClient = client_control,
};

ANY_RESULT(WskRegister, (PWSK_CLIENT_NPI WskClientNpi, PWSK_REGISTRATION WskRegistration))

void WskDeregister(PWSK_REGISTRATION WskRegistration)
{
    model_socket = NULL;
}

NTSTATUS WskCaptureProviderNPI(PWSK_REGISTRATION WskRegistration, ULONG WaitTimeout,
                               PWSK_PROVIDER_NPI WskProviderNpi)
{
    if (drvlint_choose())
        return model_failure();
    WskProviderNpi->Client = drvlint_fresh();
    WskProviderNpi->Dispatch = &model_sockets;
    return STATUS_SUCCESS;
}

NO_EFFECT(WskReleaseProviderNPI, (PWSK_REGISTRATION WskRegistration))

/* ---- changes ---- */

static NTSTATUS follow_change(struct model_change *change, HANDLE *handle)
{
    FOLLOW(model_change, change);
    *handle = change;
    return STATUS_SUCCESS;
}

NTSTATUS NotifyIpInterfaceChange(ADDRESS_FAMILY Family, PIPINTERFACE_CHANGE_CALLBACK Callback,
                                 PVOID CallerContext, BOOLEAN InitialNotification,
                                 HANDLE *NotificationHandle)
{
    struct model_change *change;

    if (drvlint_choose())
        return model_failure();
    change = (struct model_change *)drvlint_fresh();
    change->interface_changed = Callback;
    change->context = CallerContext;
    return follow_change(change, NotificationHandle);
}

NTSTATUS NotifyRouteChange2(ADDRESS_FAMILY Family, PIPFORWARD_CHANGE_CALLBACK Callback,
                            PVOID CallerContext, BOOLEAN InitialNotification,
                            HANDLE *NotificationHandle)
{
    struct model_change *change;

    if (drvlint_choose())
        return model_failure();
    change = (struct model_change *)drvlint_fresh();
    change->interface_changed = NULL;
    change->route_changed = Callback;
    change->context = CallerContext;
    return follow_change(change, NotificationHandle);
}

NTSTATUS NotifyUnicastIpAddressChange(ADDRESS_FAMILY Family,
                                      PUNICAST_IPADDRESS_CHANGE_CALLBACK Callback,
                                      PVOID CallerContext, BOOLEAN InitialNotification,
                                      HANDLE *NotificationHandle)
{
    struct model_change *change;

    if (drvlint_choose())
        return model_failure();
    change = (struct model_change *)drvlint_fresh();
    change->interface_changed = NULL;
    change->route_changed = NULL;
    change->address_changed = Callback;
    change->context = CallerContext;
    return follow_change(change, NotificationHandle);
}

NTSTATUS CancelMibChangeNotify2(HANDLE NotificationHandle)
{
    if (NotificationHandle == model_change)
        model_change = NULL;
    drvlint_free(NotificationHandle);
    return STATUS_SUCCESS;
}

/* ---- tables ---- */

ANY_RESULT(SetIpInterfaceEntry, (PMIB_IPINTERFACE_ROW Row))

NTSTATUS GetIfEntry2(PMIB_IF_ROW2 Row)
{
    drvlint_havoc(Row, sizeof(*Row));
    return model_any_result();
}

NTSTATUS GetIpInterfaceEntry(PMIB_IPINTERFACE_ROW Row)
{
    drvlint_havoc(Row, sizeof(*Row));
    return model_any_result();
}

OPENS(GetIpForwardTable2, (PVOID *)Table, (ADDRESS_FAMILY Family, PMIB_IPFORWARD_TABLE2 *Table))
OPENS(GetUnicastIpAddressTable, (PVOID *)Table,
      (ADDRESS_FAMILY Family, PMIB_UNICASTIPADDRESS_TABLE *Table))
FREES(FreeMibTable, (PVOID Memory), Memory)

NTSTATUS GetBestRoute2(NET_LUID *InterfaceLuid, NET_IFINDEX InterfaceIndex,
                       const SOCKADDR_INET *SourceAddress, const SOCKADDR_INET *DestinationAddress,
                       ULONG AddressSortOptions, PMIB_IPFORWARD_ROW2 BestRoute,
                       SOCKADDR_INET *BestSourceAddress)
{
    drvlint_havoc(BestRoute, sizeof(*BestRoute));
    drvlint_havoc(BestSourceAddress, sizeof(*BestSourceAddress));
    return model_any_result();
}
