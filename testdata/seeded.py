#!/usr/bin/env python3
"""Seeds a defect into a driver of some thousand lines that has none, and looks whether it is found.

    seeded.py --drvlint=build/drvlint [DRIVER[/NAME]...]

An edit takes out, or puts in, what makes the driver wrong; the finding is expected where a text stands in the
driver as it is then. Other findings of the same rules are errors of the test.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DRIVERS = os.path.join(HERE, "drivers")

# driver: {name: (file, text, replacement, (rule, file, the line of the finding has this text, after this one))}
SEEDS = {
    "pcinic": {
        "interrupt stays registered": (
            "init.c", "    NicDisconnectInterrupt(Adapter);\n", "",
            ("Init_DeRegisterInterrupt", "init.c", "}", "NicHalt(\n")),
        "nothing is logged": (
            "memory.c",
            "        NdisWriteErrorLogEntry(Adapter->Handle, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 1, Length);\n",
            "", ("WriteErrorLog", "init.c", "return Status;", "NicInitialize(\n")),
        "request is completed twice": (
            "oid.c", "    Adapter->PendingOid = NULL;\n    Adapter->OidRunning", "    Adapter->OidRunning",
            ("DoubleComplete", "oid.c", "NdisMOidRequestComplete(", "NicCancelOidRequest(\n")),
    },
    "lwshaper": {
        "request passes without a clone": (
            "oid.c", "NdisFOidRequest(Module->Filter, Clone)", "NdisFOidRequest(Module->Filter, OidRequest)",
            ("Ndis_OidRequestClone", "oid.c", "NdisFOidRequest(", "NDIS_STATUS ShaperOidRequest(")),
        "request is completed and its status returned": (
            "oid.c", "    CopyResult(OidRequest, Clone);\n    NdisFreeCloneOidRequest(Module->Filter, Clone);\n",
            "    CopyResult(OidRequest, Clone);\n    NdisFreeCloneOidRequest(Module->Filter, Clone);\n"
            "    NdisFOidRequestComplete(Module->Filter, OidRequest, Status);\n",
            ("Ndis_OidRequestClone", "oid.c", "return Status;", "NdisFOidRequestComplete(")),
        "timer object stays": (
            "module.c", "    if (Module->Timer != NULL)\n        NdisFreeTimerObject(Module->Timer);\n", "",
            ("Ndis_TimerObjectPair", "module.c", "return Status;", "Failed:")),
        "filter stays registered without a device": (
            "driver.c", "NoDevice:\n    NdisFDeregisterFilterDriver(Shaper.Driver);\n", "NoDevice:\n",
            ("NdisFDeregisterFilterDriver", "driver.c", "return Status;", "NoFilter:")),
    },
    "ndisecho": {
        "protocol stays registered": (
            "main.c", "	NdisDeregisterProtocolDriver(echo.protocol);\n", "",
            ("Ndis_ProtocolRegistration", "main.c", "}", "static void unload(")),
        "timer is freed and cancelled": (
            "binding.c", "	echo_stop(b);\n	set_filter(b, 0);\n",
            "	free_helpers(b);\n	echo_stop(b);\n	set_filter(b, 0);\n",
            ("Ndis_TimerObjectPair", "transmit.c", "NdisCancelTimerObject(", "void echo_stop(")),
        "adapter is closed with the lock": (
            "binding.c",
            "	RemoveEntryList(&b->link);\n	KeReleaseSpinLock(&echo.lock, irql);\n",
            "	RemoveEntryList(&b->link);\n	NdisCloseAdapterEx(b->handle);\n"
            "	KeReleaseSpinLock(&echo.lock, irql);\n",
            ("Irql_Protocol_Driver_Function", "binding.c", "NdisCloseAdapterEx(", "NDIS_STATUS echo_unbind(")),
    },
    "vlanmux": {
        "miniport driver stays registered": (
            "entry.c", "            NdisMDeregisterMiniportDriver(g_hMiniportDriver);\n            break;\n",
            "            break;\n",
            ("Ndis_DeregisterMiniportDriver", "entry.c", "return Status;", "while (FALSE);")),
        "protocol driver stays registered": (
            "entry.c", "    NdisDeregisterProtocolDriver(g_hProtocol);\n", "",
            ("Ndis_ProtocolRegistration", "entry.c", "}", "MpUnload(\n")),
        "miniport driver is deregistered twice": (
            "entry.c", "    NdisDeregisterProtocolDriver(g_hProtocol);\n",
            "    NdisDeregisterProtocolDriver(g_hProtocol);\n    NdisMDeregisterMiniportDriver(g_hMiniportDriver);\n",
            ("Ndis_DeregisterMiniportDriver", "entry.c", "NdisMDeregisterMiniportDriver(g_hMiniportDriver);\n}", "MpUnload(\n")),
    },
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def line_of(text, wanted, after):
    start = text.index(after) + len(after)
    return text[:text.index(wanted, start)].count("\n") + 1


def check(drvlint, name, folder):
    original, defect = name.split("/", 1)
    file, text, replacement, (rule, place, wanted, after) = SEEDS[original][defect]
    driver = os.path.join(folder, "driver")
    shutil.copytree(os.path.join(DRIVERS, original), driver)
    path = os.path.join(driver, file)
    source = read(path)
    assert source.count(text) == 1, "%s: the text to replace is there %d times" % (name, source.count(text))
    with open(path, "w", encoding="utf-8") as out:
        out.write(source.replace(text, replacement))
    expected = [(rule, place, line_of(read(os.path.join(driver, place)), wanted, after))]
    done = subprocess.run([drvlint, "check", "--format=json", "--rules=" + rule, driver], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if not done.stdout:
        print("%s: %s" % (name, done.stderr))
        return False
    log = json.loads(done.stdout)
    found = [(r["rule"], os.path.basename(r["file"]), r["line"]) for r in log["results"]]
    if found != expected:
        print("%s: expected %s, found %s, verdict %s" % (name, expected, found, log["verdicts"][0]["verdict"]))
    return found == expected


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--drvlint", required=True)
    parser.add_argument("names", nargs="*", metavar="DRIVER[/NAME]")
    options = parser.parse_args()
    good = 0
    names = ["%s/%s" % (driver, name) for driver, seeds in SEEDS.items() for name in seeds]
    if options.names:
        names = [n for n in names if n in options.names or n.split("/")[0] in options.names]
        if not names:
            parser.error("no such driver or defect")
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            good += check(os.path.abspath(options.drvlint), name, folder)
    print("%d of %d seeded defects found" % (good, len(names)))
    return 0 if good == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
