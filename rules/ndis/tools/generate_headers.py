#!/usr/bin/env python3
"""Writes the generated DDI headers of rules/ndis/include.

usage: generate_headers.py FACTS-DIR [--check]

FACTS-DIR holds types.json, constants.tsv, functions.tsv and callbacks.tsv. Each file in headers/
is the skeleton of one generated header: ordinary C, with lines of the form

    //@ [types|constants|functions] GLOB... [!GLOB...]

that are replaced by all facts of this header whose names match and that nobody has declared yet.
What a type needs comes before it, whatever its topic. Names that a skeleton or a header written by
hand declares are never generated, so to correct a fact one writes it down.

headers/fields.txt adds fields to generated structures and to their named members ("struct TAG.MEMBER"),
and constants to generated enums: at the end, "before NAME" or "instead NAME". It also says which
structures are packed or aligned.
testdata/frontend/ddi_sizes.c is written from the sizes in types.json. With --check nothing is
written: the exit code says whether all files are up to date.
"""

import fnmatch
import json
import os
import re
import sys

TOOLS = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(TOOLS, "..", "include")
SIZES = os.path.join(TOOLS, "..", "..", "..", "testdata", "frontend", "ddi_sizes.c")

# In the order in which they include each other.
GENERATED = ["ntdef.h", "wdm.h", "ntddk.h", "ifdef.h", "wlantypes.h", "ntddndis.h", "windot11.h",
             "ndis.h"]
WIDTH = 100
# Tags of members; nothing is named after them.
INNER_TAGS = {"_QUERY", "_SET", "_METHOD", "_REQUEST_DATA", "_HEADER_FIELD", "_FIELD_VALUE",
              "_RESULT_VALUE", "_REFERENCE"}
C_WORDS = set("""void char short int long float double signed unsigned const volatile struct union
    enum static inline extern typedef __int64 __unaligned sizeof""".split())


def read_tsv(path):
    with open(path, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    width = len(rows[0])
    return [dict(zip(rows[0], row + [""] * (width - len(row)))) for row in rows[1:]]


# ---- what hand-written C declares ---------------------------------------------------------------

def declared_names(text):
    """Macros, types, tags, functions and enum constants that a piece of C declares."""
    names = set()
    text = re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.S).replace("\\\n", " ")
    names.update(re.findall(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", text, flags=re.M))
    text = re.sub(r"^[ \t]*#.*$", "", text, flags=re.M)
    text = re.sub(r'extern\s+"C"\s*\{?', " ", text)
    names.update("%s %s" % m for m in re.findall(r"\b(struct|union|enum)\s+(\w+)\s*\{", text))
    for body in re.findall(r"\benum\b[^{};]*\{([^}]*)\}", text):
        names.update(re.findall(r"(?:^|,)\s*(\w+)", body))
    while True:                                     # bodies away, innermost first
        shorter = re.sub(r"\)\s*\{[^{}]*\}", "); ", text)
        shorter = re.sub(r"\{[^{}]*\}", " ", shorter)
        if shorter == text:
            break
        text = shorter
    for piece in re.sub(r"\[[^\]]*\]", "", text).split(";"):
        if "typedef" in piece:
            function = re.search(r"\(\s*\*?\s*(\w+)\s*\)\s*\(|(\w+)\s*\(", piece)
            if function:
                names.add(function.group(1) or function.group(2))
            else:
                names.update(re.findall(r"(\w+)\s*(?:,|$)", piece))
        else:
            names.update(re.findall(r"\b(\w+)\s*\(", piece)[:1])
    return names


# ---- facts --------------------------------------------------------------------------------------

class Item:
    """One declaration: a record with its typedef names, a lone typedef, a function or a constant."""

    def __init__(self, kind, name, header):
        self.kind, self.name, self.header = kind, name, header
        self.aliases = []           # (name, is pointer), for records
        self.fact = None
        self.state = "new"          # new, busy, done

    def topic_name(self):
        plain = [name for name, pointer in self.aliases if not pointer]
        return plain[0] if plain else self.name.lstrip("_")


class Facts:
    def __init__(self, folder, by_hand):
        self.by_hand = by_hand
        self.items = []             # in the order of the facts
        self.owner = {}             # typedef name or "struct tag" -> Item
        self.known_tags = set()     # tags that have been mentioned or declared at file scope
        with open(os.path.join(folder, "types.json"), encoding="utf-8") as f:
            self.types = json.load(f)
        self.records = {t["name"]: t for t in self.types if t["kind"] != "typedef"}
        roles = {r["role_type"]: r for r in read_tsv(os.path.join(folder, "callbacks.tsv"))}
        self.extra, self.layout = read_fields(os.path.join(TOOLS, "headers", "fields.txt"))
        self.add_types(roles)
        self.add_customary_names()
        for row in read_tsv(os.path.join(folder, "constants.tsv")):
            if not row["value"].startswith("=") and row["constant"] not in by_hand:
                self.add(Item("constant", row["constant"], row["header"]), row)
        for row in read_tsv(os.path.join(folder, "functions.tsv")):
            if row["function"] not in by_hand:
                self.add(Item("function", row["function"], row["header"]), row)

    def add_customary_names(self):
        """The facts list the names that were seen in use; X and *PX of a struct _X always exist."""
        taken = set(self.owner) | self.by_hand
        for item in self.items:
            name = item.name[1:]
            if (item.kind not in ("struct", "union", "enum") or not item.name.startswith("_")
                    or item.name in INNER_TAGS):
                continue
            if any(not pointer and alias != name for alias, pointer in item.aliases):
                continue
            for alias in ((name, False), ("P" + name, True)):
                if alias[0] not in taken:
                    item.aliases.append(alias)
                    self.owner[alias[0]] = item
        for item in self.items:
            item.aliases.sort(key=lambda alias: alias[1])

    def add(self, item, fact):
        item.fact = fact
        self.items.append(item)
        return item

    def add_types(self, roles):
        for t in self.types:
            name = t["name"]
            if t["kind"] != "typedef":
                tag = "%s %s" % (t["kind"], name)
                if tag not in self.by_hand:
                    self.owner[tag] = self.add(Item(t["kind"], name, t["header"]), t)
                continue
            if name in self.by_hand:
                continue
            alias = re.fullmatch(r"((?:struct|union|enum) \w+)( \*)?", t["of"])
            group = self.owner.get(alias.group(1)) if alias else None
            if group and group.header == t["header"]:
                group.aliases.append((name, bool(alias.group(2))))
                self.owner[name] = group
                continue
            item = Item("typedef", name, t["header"])
            if name in roles:
                item.kind = "role"
                t = dict(t, **roles[name])
            self.owner[name] = self.add(item, t)


def read_fields(path):
    """tag -> ({"before" or "instead": name}, lines), and the layout table: tag -> {what: value}"""
    extra, layout, lines = {}, {}, None
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            head = re.match(r"(?:struct|union|enum) ([\w.]+)(?: (before|instead) (\w+))?$", line)
            how = re.match(r"(?:struct|union) (\w+) (pack|align|\w+ align) (\w+)$", line)
            if how:
                layout.setdefault(how.group(1), {})[how.group(2)] = how.group(3)
            elif head:
                lines = []
                extra[head.group(1)] = ({head.group(2): head.group(3)}, lines)
            elif line.strip() and not line.startswith("//"):
                lines.append(line)
    return extra, layout


# ---- rendering ----------------------------------------------------------------------------------

def declare(type_text, name):
    """ULONG[2], x -> ULONG x[2]"""
    match = re.fullmatch(r"(.*?)((?:\[\w*\])*)", type_text)
    base, dims = match.group(1).strip(), match.group(2)
    base = re.sub(r"\s*\*\s*(?=\*)", " *", base)
    base = re.sub(r"\*\s+\*", "**", base)
    space = "" if base.endswith("*") else " "
    return (base + space + name + dims).rstrip()


def parameters(text):
    text = re.sub(r"\s+arg\d+\b", "", text)
    text = re.sub(r"(\[\w*\])( \w+)", r"\2\1", text)
    parts = [re.sub(r"\*\s+(?=[\w*])", "*", p.strip()) for p in text.split(",")]
    return [re.sub(r"\*\s+\*", "**", p) for p in parts] or ["void"]


def call_like(head, params, tail=";"):
    line = "%s(%s)%s" % (head, ", ".join(params), tail)
    if len(line) <= WIDTH:
        return [line]
    lines, current = [head + "("], "   "
    for i, param in enumerate(params):
        text = " " + param + ("," if i + 1 < len(params) else ")" + tail)
        if len(current) + len(text) > WIDTH:
            lines.append(current)
            current = "   "
        current += text
    lines.append(current)
    return lines


def member_of(owner, name):
    """What fields.txt calls a member with fields of its own; one without a name keeps the owner's
    tag only for its members."""
    tag = owner.split(".")[0]
    return "%s.%s" % (tag, name)


def render_fields(facts, fields, indent, layout={}, owner=""):
    out = []
    pad = "    " * indent
    where, more = facts.extra.get(owner, ({}, []))
    more = [l if l.startswith("#") else "    " * (indent - 1) + l for l in more]
    for field in fields:
        if more and field["name"] and field["name"] in where.values():
            out += more
            more = []
            if where.get("instead"):
                continue
        nested = field.get("fields")
        kind = field["type"]
        tag = re.fullmatch(r"(struct|union) (\w+)", kind)
        if tag and not field["name"]:               # MSVC's anonymous member of a tagged type
            kind, nested = tag.group(1), facts.records[tag.group(2)]["fields"]
        if nested is not None:
            out.append("%s%s {" % (pad, kind))
            out += render_fields(facts, nested, indent + 1, owner=member_of(owner, field["name"]))
            out.append("%s}%s;" % (pad, " " + field["name"] if field["name"] else ""))
            continue
        align = layout.get(field["name"] + " align")
        line = pad + ("DECLSPEC_ALIGN(%s) " % align if align else "")
        line += declare(field["type"], field["name"])
        if "bits" in field:
            line += " : %d" % field["bits"] if field["name"] else ": %d" % field["bits"]
        out.append(line.replace("  :", " :") + ";")
    return out + more


def render_enum(facts, item):
    out, expected = [], 0
    where, lines = facts.extra.get(item.name, ({}, []))
    for name, value in item.fact["constants"].items():
        if name in where.values():
            out += lines
            lines = []
        if value == expected:
            out.append("    %s," % name)
        else:
            text = "0x%X" % (value & 0xffffffff) if value < -1 or value > 0xfff else str(value)
            out.append("    %s = %s," % (name, text))
        expected = value + 1
    return out + lines


def close(item):
    names = [n for n, pointer in item.aliases if not pointer]
    names += ["*" + n for n, pointer in item.aliases if pointer]
    return " " + ", ".join(names) if names else ""


def render_record(facts, item):
    typedef = "typedef " if item.aliases else ""
    layout = facts.layout.get(item.name, {})
    align = "DECLSPEC_ALIGN(%s) " % layout["align"] if "align" in layout else ""
    head = "%s%s %s%s" % (typedef, item.kind, align, item.name)
    if item.kind != "enum" and not item.fact["complete"]:
        return ["%s%s;" % (head, close(item))]
    if item.kind == "enum":
        body = render_enum(facts, item)
    else:
        body = render_fields(facts, item.fact["fields"], 1, layout, item.name)
    last = "}%s;" % close(item)
    if len(last) > WIDTH:
        last = last.replace(", ", ",\n    ")
    lines = [head + " {"] + body + last.split("\n")
    if "pack" in layout:
        lines = ["#pragma pack(push, %s)" % layout["pack"]] + lines + ["#pragma pack(pop)"]
    return lines


def render_typedef(item):
    of = item.fact["of"].replace(" __attribute__((stdcall))", "")
    if item.kind == "role" and "(" in of:
        return call_like("typedef %s %s" % (item.fact["return"], item.name),
                         parameters(item.fact["parameters"]))
    pointer = re.fullmatch(r"(\w+) \(\*\)", of)
    if pointer:
        return ["typedef %s *%s;" % (pointer.group(1), item.name)]
    function = re.fullmatch(r"([\w ]+?[ *]*)\((\*?)\)?\(?(.*)\)", of)
    if function and "(" in of:
        star = function.group(2)
        head = "(*%s)" % item.name if star else item.name
        return call_like(declare("typedef " + function.group(1), head),
                         parameters(function.group(3)))
    return ["typedef %s;" % declare(of, item.name)]


def constant_text(name, value):
    if re.match(r"NDIS_STATUS_(?!INDICATION_(REVISION|FLAGS))", name):
        return "((NDIS_STATUS)0x%08XL)" % (value & 0xffffffff)
    if re.match(r"(OID|NDIS_ERROR_CODE|IOCTL)_", name):
        return "0x%08X" % value
    number = re.search(r"REVISION|SIZEOF|SIZE$|LENGTH|_MAX|COUNT|VERSION|ENTR|TYPE_|^(IRP|PCI)_", name)
    if value > 255 and not re.search("SIZEOF|SIZE$|LENGTH", name):
        return "0x%X" % value
    if value >= 16 and value & (value - 1) == 0 and not number:
        return "0x%X" % value
    return "(%d)" % value if value < 0 else str(value)


def render_constants(items):
    for item in items:
        item.value = int(item.fact["value"], 0)
    ordered = sorted(items, key=lambda i: (re.match(r"(OID|NDIS_STATUS|NDIS_ERROR)_", i.name) is None,
                                           i.value if i.name.startswith("OID_") else 0, i.name))
    width = max(len(i.name) for i in items)
    return ["#define %-*s %s" % (width, i.name, constant_text(i.name, i.value)) for i in ordered]


# ---- order --------------------------------------------------------------------------------------

def words(text):
    """Names that must be declared before `text`; tags behind struct/union/enum count by value only."""
    need = set()
    for kind, tag, star in re.findall(r"\b(struct|union|enum) (\w+)\s*(\*?)", text):
        if not star:
            need.add("%s %s" % (kind, tag))
    rest = re.sub(r"\b(struct|union|enum) \w+", " ", text)
    need.update(w for w in re.findall(r"[A-Za-z_]\w*", rest) if w not in C_WORDS)
    return need


class Writer:
    def __init__(self, facts, header):
        self.facts, self.header = facts, header
        self.lines = []
        self.lonely = False

    def fields_need(self, fields):
        need = set()
        for field in fields:
            if "fields" in field:
                need |= self.fields_need(field["fields"])
            else:
                need |= words(field["type"])
        return need

    def needs(self, item):
        if item.kind in ("struct", "union"):
            extra = " ".join(l for tag, (_, lines) in self.facts.extra.items() for l in lines
                             if tag.split(".")[0] == item.name and not l.lstrip().startswith("#"))
            types = re.findall(r"(?:^|;)\s*((?:struct |union |enum )?\w+)", extra)
            return self.fields_need(item.fact["fields"]) | set().union(*map(words, types), set())
        if item.kind == "enum":
            return set()
        if item.kind == "typedef":
            return words(item.fact["of"])
        if item.kind == "role":
            return words(item.fact["of"])
        text = item.fact["return"] + " result," + item.fact["parameters"]
        types = [re.sub(r"\b\w+$", "", p.strip()) if " " in p.strip() else p for p in text.split(",")]
        return set().union(*(words(t) for t in types))

    def mention_tags(self, text):
        """A tag that first appears in a parameter list would be local to it."""
        for kind, tag in re.findall(r"\b(struct|union) (\w+)", text):
            if (kind, tag) not in self.facts.known_tags:
                self.facts.known_tags.add((kind, tag))
                if "%s %s" % (kind, tag) not in self.facts.by_hand:
                    self.put(["%s %s;" % (kind, tag)], True)

    def put(self, lines, lonely=False):
        one_line = lonely or len(lines) == 1
        if self.lines and not (one_line and self.lonely) and self.lines[-1] != "":
            self.lines.append("")
        self.lines += lines
        self.lonely = one_line

    def forward(self, owner, name):
        """A name of a record whose fields are just being collected."""
        for alias in list(owner.aliases):
            if alias[0] == name:
                owner.aliases.remove(alias)
                if alias[1]:
                    del self.facts.owner[name]
                self.facts.known_tags.add((owner.kind, owner.name))
                self.put(["typedef %s %s %s%s;" % (owner.kind, owner.name,
                                                   "*" if alias[1] else "", name)], True)

    def pointer_into_cycle(self, owner, name):
        """Whether `owner`, needed only as what a pointer points to, needs what is being written."""
        return (owner.state == "new" and owner.header == self.header
                and (name, True) in owner.aliases and self.needs_busy(owner, set()))

    def needs_busy(self, item, seen):
        seen.add(item)
        for name in self.needs(item):
            owner = self.facts.owner.get(name)
            if owner and owner not in seen:
                if owner.state == "busy":
                    return True
                if owner.state == "new" and self.needs_busy(owner, seen):
                    return True
        return False

    def emit(self, item):
        if item.state != "new":
            return
        item.state = "busy"
        for name in sorted(self.needs(item), key=str):
            owner = self.facts.owner.get(name)
            if not owner or owner is item and name not in [a[0] for a in owner.aliases]:
                continue
            if owner.state == "busy" or self.pointer_into_cycle(owner, name):
                self.forward(owner, name)
            elif owner.state == "new":
                if owner.header != self.header:
                    print("%s: %s needs %s of %s" % (self.header, item.name, name, owner.header),
                          file=sys.stderr)
                    continue
                self.emit(owner)
        item.state = "done"
        if item.kind in ("struct", "union", "enum"):
            self.facts.known_tags.add((item.kind, item.name))
            self.put(render_record(self.facts, item))
        elif item.kind in ("typedef", "role"):
            if "(" in item.fact["of"]:
                self.mention_tags(item.fact["of"])
            self.put(render_typedef(item), True)
        else:
            self.mention_tags(item.fact["parameters"])
            self.put(call_like(declare(item.fact["return"], item.name),
                               parameters(item.fact["parameters"])), True)

    def topic(self, directive):
        kinds = {"types": ("struct", "union", "enum", "typedef", "role"),
                 "constants": ("constant",), "functions": ("function",)}
        globs = directive.split()
        wanted = kinds.get(globs[0])
        if wanted:
            globs = globs[1:]
        yes = [g for g in globs if not g.startswith("!")]
        no = [g[1:] for g in globs if g.startswith("!")]

        def match(item):
            names = [item.topic_name()] + ([item.name] if item.kind == "enum" else [])
            return (item.header == self.header and item.state == "new"
                    and (not wanted or item.kind in wanted)
                    and any(fnmatch.fnmatchcase(n, g) for n in names for g in yes)
                    and not any(fnmatch.fnmatchcase(n, g) for n in names for g in no))

        chosen = [i for i in self.facts.items if match(i)]
        self.lines, self.lonely = [], False
        constants = [i for i in chosen if i.kind == "constant"]
        if constants:
            for i in constants:
                i.state = "done"
            self.put(render_constants(constants))
        for i in chosen:
            if i.kind not in ("constant", "function"):
                self.emit(i)
        self.lonely = False
        for i in chosen:
            if i.kind == "function":
                self.emit(i)
        if not chosen:
            print("%s: nothing matches '%s'" % (self.header, directive), file=sys.stderr)
        return self.lines


def chunks(text):
    """Declarations and paragraphs: runs of lines up to a blank line outside of braces."""
    chunk, depth = [], 0
    for line in text.split("\n"):
        chunk.append(line)
        depth += line.count("{") - line.count("}")
        if not line.strip() and depth <= 0:
            yield chunk
            chunk, depth = [], 0
    yield chunk


def write_chunk(facts, writer, chunk, out):
    """A hand-written paragraph, behind the types that it needs."""
    plain = re.sub(r"/\*.*?\*/", " ", "\n".join(chunk), flags=re.S).replace("\\\n", " ")
    plain = re.sub(r"^\s*(#|//@).*$", " ", plain, flags=re.M)
    writer.lines, writer.lonely = [], False
    for name in dict.fromkeys(re.findall(r"[A-Za-z_]\w*", plain)):
        owner = facts.owner.get(name)
        if owner and owner.state == "new" and owner.header == writer.header:
            writer.emit(owner)
    if writer.lines:
        out += writer.lines + [""]
    for line in chunk:
        if line.startswith("//@ "):
            new = writer.topic(line[4:])
            out += ([""] if new and out and out[-1] else []) + new
        else:
            out.append(line)
            for kind, tag in re.findall(r"\b(struct|union) (\w+)", line):
                facts.known_tags.add((kind, tag))


def write_header(facts, header):
    writer, out = Writer(facts, header), []
    with open(os.path.join(TOOLS, "headers", header), encoding="utf-8") as f:
        for chunk in chunks(f.read().rstrip("\n")):
            write_chunk(facts, writer, chunk, out)
    left = [i.name for i in facts.items if i.header == header and i.state == "new"]
    if left:
        print("%s: not written: %s" % (header, " ".join(left)), file=sys.stderr)
    text = "\n".join(out) + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def sizes_test(facts):
    out = ["// Sizes of the public structures on x64, for an NDIS 6.20 driver. Written by",
           "// rules/ndis/tools/generate_headers.py; compiles when the headers agree.", "",
           "#define NDIS620_MINIPORT 1", "#include <ndis.h>", "#include <windot11.h>", ""]
    for t in facts.types:
        if t["kind"] in ("struct", "union") and t["complete"] and t["header"] != "stdio.h":
            out.append('_Static_assert(sizeof(%s %s) == %d, "");' % (t["kind"], t["name"], t["size"]))
    return "\n".join(out) + "\n"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    check = "--check" in sys.argv[2:]
    by_hand = set()
    for name in sorted(os.listdir(INCLUDE)):
        if name.endswith(".h") and name not in GENERATED:
            with open(os.path.join(INCLUDE, name), encoding="utf-8") as f:
                by_hand |= declared_names(f.read())
    for name in GENERATED:
        with open(os.path.join(TOOLS, "headers", name), encoding="utf-8") as f:
            by_hand |= declared_names(f.read())
    facts = Facts(sys.argv[1], by_hand)
    files = {os.path.join(INCLUDE, h): write_header(facts, h) for h in GENERATED}
    files[SIZES] = sizes_test(facts)
    for item in facts.items:
        if item.state == "new" and item.header not in GENERATED:
            print("nobody declares %s %s of %s" % (item.kind, item.name, item.header), file=sys.stderr)
    stale = False
    for path, text in files.items():
        old = None
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                old = f.read()
        if old != text:
            stale = True
            if not check:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text)
    sys.exit(1 if check and stale else 0)


main()
