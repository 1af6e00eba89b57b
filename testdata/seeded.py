#!/usr/bin/env python3
"""Seeds a defect into a driver of some thousand lines that has none, and looks whether it is found.

    seeded.py --drvlint=build/drvlint [NAME...]

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
DRIVER = os.path.join(HERE, "drivers", "pcinic")

# name: (file, text, replacement, (rule, file, the line of the finding has this text, after this one))
SEEDS = {
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
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def line_of(text, wanted, after):
    start = text.index(after) + len(after)
    return text[:text.index(wanted, start)].count("\n") + 1


def check(drvlint, name, folder):
    file, text, replacement, (rule, place, wanted, after) = SEEDS[name]
    driver = os.path.join(folder, "driver")
    shutil.copytree(DRIVER, driver)
    path = os.path.join(driver, file)
    source = read(path)
    assert source.count(text) == 1, "%s: the text to replace is there %d times" % (name, source.count(text))
    with open(path, "w", encoding="utf-8") as out:
        out.write(source.replace(text, replacement))
    expected = [(rule, place, line_of(read(os.path.join(driver, place)), wanted, after))]
    done = subprocess.run([drvlint, "check", "--format=json", "--rules=" + rule, driver], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    found = [(r["rule"], os.path.basename(r["file"]), r["line"])
             for r in json.loads(done.stdout)["results"]] if done.stdout else done.stderr
    if found != expected:
        print("%s: expected %s, found %s" % (name, expected, found))
    return found == expected


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--drvlint", required=True)
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    good = 0
    names = options.names or list(SEEDS)
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            good += check(os.path.abspath(options.drvlint), name, folder)
    print("%d of %d seeded defects found" % (good, len(names)))
    return 0 if good == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
