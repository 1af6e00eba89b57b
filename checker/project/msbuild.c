#include "project/msbuild.h"

#include "base/file.h"
#include "base/path.h"

#include <ctype.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST_IMPORT = 50 };

struct msbuild_file {
    const char *path; /* absolute */
    xmlDoc *document;
};

enum pass { PASS_PROPERTIES, PASS_DEFINITIONS, PASS_ITEMS };

/* -- values -- */

const char *msbuild_get(const msbuild_values *values, const char *name)
{
    for (size_t i = 0; i < values->len; i++)
        if (!strcasecmp(values->items[i].name, name))
            return values->items[i].value;
    return "";
}

static void set_value(struct arena *arena, msbuild_values *values, const char *name,
                      const char *value)
{
    for (size_t i = 0; i < values->len; i++) {
        if (!strcasecmp(values->items[i].name, name)) {
            values->items[i].value = value;
            return;
        }
    }
    vec_push(arena, values, (struct msbuild_value){name, value});
}

void msbuild_set(struct msbuild *build, const char *name, const char *value)
{
    set_value(build->arena, &build->properties, name, value);
}

static const char *slashes(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    for (char *at = copy; *at; at++)
        if (*at == '\\')
            *at = '/';
    return copy;
}

/* -- expansion -- */

/* The length of what stands in the parentheses that `text` starts with, nested ones included; 0 if
 * they are not closed. */
static size_t enclosed(const char *text)
{
    int depth = 0;
    for (size_t i = 0; text[i]; i++) {
        depth += (text[i] == '(') - (text[i] == ')');
        if (depth == 0)
            return i - 1;
    }
    return 0;
}

/* `$(Name)` is a property, `%(Name)` a metadatum so far. Property functions and lists of items have
 * no value here. */
static const char *expand(struct msbuild *build, const char *text, const msbuild_values *metadata)
{
    const char *result = "";
    while (*text) {
        size_t plain = strcspn(text, "$%@");
        result = arena_printf(build->arena, "%s%.*s", result, (int)plain, text);
        text += plain;
        if (!*text)
            break;
        size_t length = text[1] == '(' ? enclosed(text + 1) : 0;
        if (!length) {
            result = arena_printf(build->arena, "%s%c", result, *text++);
            continue;
        }
        const char *name = arena_strndup(build->arena, text + 2, length);
        const char *value = "";
        if (*text == '$')
            value = msbuild_get(&build->properties, name);
        else if (*text == '%' && metadata)
            value = msbuild_get(metadata, strrchr(name, '.') ? strrchr(name, '.') + 1 : name);
        result = arena_printf(build->arena, "%s%s", result, value);
        text += length + 3;
    }
    return result;
}

/* -- conditions -- */

struct condition {
    struct msbuild *build;
    const char *at;
    bool broken;
};

static void skip_blanks(struct condition *c)
{
    c->at += strspn(c->at, " \t\r\n");
}

static bool take(struct condition *c, const char *spelling)
{
    skip_blanks(c);
    size_t length = strlen(spelling);
    if (strncasecmp(c->at, spelling, length))
        return false;
    c->at += length;
    return true;
}

/* 'text', $(Property), a word or a number; expanded. */
static const char *operand(struct condition *c)
{
    skip_blanks(c);
    struct arena *arena = c->build->arena;
    size_t length;
    const char *text;
    if (*c->at == '\'') {
        length = strcspn(c->at + 1, "'");
        text = arena_strndup(arena, c->at + 1, length);
        c->at += length + 1 + (c->at[length + 1] == '\'');
    } else {
        length = *c->at == '$' && c->at[1] == '(' ? enclosed(c->at + 1) + 3
                                                  : strcspn(c->at, " \t\r\n()!=<>'");
        text = arena_strndup(arena, c->at, length);
        c->at += length;
        c->broken |= length == 0;
    }
    return expand(c->build, text, NULL);
}

static bool any_of(struct condition *c);

static bool exists(struct condition *c)
{
    const char *name = take(c, "(") ? operand(c) : "";
    c->broken |= !take(c, ")");
    struct msbuild *build = c->build;
    return *name &&
           path_exists(locate(build->arena, build->directory, slashes(build->arena, name)));
}

static bool is_true(const char *text)
{
    return !strcasecmp(text, "true") || !strcasecmp(text, "on") || !strcasecmp(text, "yes");
}

static bool comparison(struct condition *c)
{
    const char *left = operand(c);
    if (take(c, "=="))
        return !strcasecmp(left, operand(c));
    if (take(c, "!="))
        return strcasecmp(left, operand(c)) != 0;
    if (take(c, ">="))
        return atof(left) >= atof(operand(c));
    if (take(c, "<="))
        return atof(left) <= atof(operand(c));
    if (take(c, ">"))
        return atof(left) > atof(operand(c));
    if (take(c, "<"))
        return atof(left) < atof(operand(c));
    return is_true(left);
}

static bool one_of(struct condition *c)
{
    if (c->broken)
        return false;
    if (take(c, "!"))
        return !one_of(c);
    if (take(c, "exists"))
        return exists(c);
    if (take(c, "HasTrailingSlash")) {
        const char *text = take(c, "(") ? operand(c) : "";
        c->broken |= !take(c, ")");
        return *text && strchr("/\\", text[strlen(text) - 1]);
    }
    if (take(c, "(")) {
        bool holds = any_of(c);
        c->broken |= !take(c, ")");
        return holds;
    }
    return comparison(c);
}

static bool all_of(struct condition *c)
{
    bool holds = one_of(c);
    while (take(c, "and"))
        holds &= one_of(c);
    return holds;
}

static bool any_of(struct condition *c)
{
    bool holds = all_of(c);
    while (!c->broken && take(c, "or"))
        holds |= all_of(c);
    return holds;
}

static const char *attribute(struct msbuild *build, const xmlNode *node, const char *name)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        if (strcasecmp((const char *)attr->name, name))
            continue;
        xmlChar *value = xmlNodeListGetString(node->doc, attr->children, 1);
        const char *copy = value ? arena_strdup(build->arena, (const char *)value) : "";
        xmlFree(value);
        return copy;
    }
    return NULL;
}

/* True without a condition; a condition that is not understood does not hold. */
static bool applies(struct msbuild *build, const xmlNode *node)
{
    const char *text = attribute(build, node, "Condition");
    struct condition c = {.build = build, .at = text};
    if (!text || !text[strspn(text, " \t\r\n")])
        return true;
    bool holds = any_of(&c);
    skip_blanks(&c);
    return holds && !c.broken && !*c.at;
}

/* -- the tree -- */

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !strcasecmp((const char *)node->name, name);
}

static const char *text_of(struct msbuild *build, const xmlNode *node)
{
    xmlChar *text = xmlNodeGetContent(node);
    const char *copy = text ? arena_strdup(build->arena, (const char *)text) : "";
    xmlFree(text);
    return copy;
}

/* What is chosen for the whole build, and what MSBuild itself says, no project changes. */
static bool is_global(const char *name)
{
    return !strcasecmp(name, "Configuration") || !strcasecmp(name, "Platform") ||
           !strncasecmp(name, "MSBuild", strlen("MSBuild"));
}

static void read_properties(struct msbuild *build, const xmlNode *group)
{
    for (const xmlNode *node = group->children; node; node = node->next) {
        const char *name = (const char *)node->name;
        if (node->type == XML_ELEMENT_NODE && !is_global(name) && applies(build, node))
            msbuild_set(build, arena_strdup(build->arena, name),
                        expand(build, text_of(build, node), NULL));
    }
}

/* What an element says about one item, or about all. */
static void read_metadata(struct msbuild *build, const xmlNode *element, msbuild_values *metadata)
{
    for (const xmlAttr *attr = element->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        if (strcasecmp(name, "Include") && strcasecmp(name, "Condition") &&
            strcasecmp(name, "Update") && strcasecmp(name, "Remove") && strcasecmp(name, "Exclude"))
            set_value(build->arena, metadata, arena_strdup(build->arena, name),
                      expand(build, attribute(build, element, name), metadata));
    }
    for (const xmlNode *node = element->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && applies(build, node))
            set_value(build->arena, metadata, arena_strdup(build->arena, (const char *)node->name),
                      expand(build, text_of(build, node), metadata));
}

static void read_definitions(struct msbuild *build, const xmlNode *group)
{
    for (const xmlNode *node = group->children; node; node = node->next)
        if (is(node, "ClCompile") && applies(build, node))
            read_metadata(build, node, &build->definitions);
}

/* The parts of "a;b ; c", without those that are empty. */
static void split_list(struct arena *arena, const char *text, string_list *ret_parts)
{
    while (*text) {
        size_t length = strcspn(text, ";"), start = strspn(text, " \t\r\n"), end = length;
        while (end > start && strchr(" \t\r\n", text[end - 1]))
            end--;
        if (end > start && start < length)
            vec_push(arena, ret_parts, arena_strndup(arena, text + start, end - start));
        text += length + (text[length] == ';');
    }
}

static void add_item(struct msbuild *build, const xmlNode *node, const char *include)
{
    struct msbuild_item item = {.type = arena_strdup(build->arena, (const char *)node->name),
                                .include = include};
    if (is(node, "ClCompile"))
        for (size_t i = 0; i < build->definitions.len; i++)
            vec_push(build->arena, &item.metadata, build->definitions.items[i]);
    read_metadata(build, node, &item.metadata);
    vec_push(build->arena, &build->items, item);
}

static const char *lower(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    for (char *at = copy; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return copy;
}

static void add_matching(struct msbuild *build, const xmlNode *node, const char *pattern)
{
    struct diag ignored; /* a directory that cannot be read has no sources */
    diag_init(&ignored, build->arena);
    struct tree tree;
    if (!tree_read(build->arena, build->directory, &tree, &ignored))
        return;
    for (size_t i = 0; i < tree.sources.len; i++)
        if (glob_match(lower(build->arena, path_normalize(build->arena, pattern)),
                       lower(build->arena, tree.sources.items[i])))
            add_item(build, node, tree.sources.items[i]);
}

static bool same_item(const struct msbuild_item *item, const xmlNode *node, const char *include)
{
    return is(node, item->type) && !strcasecmp(item->include, include);
}

static void read_item(struct msbuild *build, const xmlNode *node)
{
    struct arena *arena = build->arena;
    string_list names = {0};
    const char *include = attribute(build, node, "Include");
    const char *update = attribute(build, node, "Update");
    const char *removed = attribute(build, node, "Remove");
    const char *list = include ? include : update ? update : removed ? removed : "";
    split_list(arena, slashes(arena, expand(build, list, NULL)), &names);
    for (size_t i = 0; i < names.len; i++) {
        if (include && glob_has_wildcard(names.items[i]))
            add_matching(build, node, names.items[i]);
        else if (include)
            add_item(build, node, names.items[i]);
        for (size_t k = 0; !include && k < build->items.len; k++) {
            struct msbuild_item *item = &build->items.items[k];
            if (same_item(item, node, names.items[i]) && update)
                read_metadata(build, node, &item->metadata);
            else if (same_item(item, node, names.items[i]))
                item->type = "";
        }
    }
}

static void read_items(struct msbuild *build, const xmlNode *group)
{
    for (const xmlNode *node = group->children; node; node = node->next)
        if ((is(node, "ClCompile") || is(node, "ProjectReference")) && applies(build, node))
            read_item(build, node);
}

static void read_nodes(struct msbuild *build, const xmlNode *first, enum pass pass);

/* -- property sheets -- */

static struct msbuild_file *open_file(struct msbuild *build, const char *path, struct diag *diag)
{
    for (size_t i = 0; i < build->files.len; i++)
        if (!strcmp(build->files.items[i]->path, path))
            return build->files.items[i];
    char *bytes;
    size_t length;
    if (!file_read(path, build->arena, &bytes, &length, diag))
        return NULL;
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *document = xmlCtxtReadMemory(context, bytes, (int)length, path, NULL,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!document) {
        const xmlError *error = xmlCtxtGetLastError(context);
        struct place place = place_file(strcmp(path, build->file) ? path : build->shown);
        place.line = error && error->line > 0 ? (uint32_t)error->line : 0;
        const char *message = error && error->message ? error->message : "it is no XML\n";
        diag_error(diag, place, "%.*s", (int)strcspn(message, "\n"), message);
    }
    xmlFreeParserCtxt(context);
    if (!document)
        return NULL;
    struct msbuild_file *file = arena_new(build->arena, struct msbuild_file);
    *file = (struct msbuild_file){.path = path, .document = document};
    vec_push(build->arena, &build->files, file);
    return file;
}

static void set_this_file(struct msbuild *build, const char *path)
{
    const char *directory = path_directory(build->arena, path);
    msbuild_set(build, "MSBuildThisFileFullPath", path);
    msbuild_set(build, "MSBuildThisFile", path_base(path));
    msbuild_set(build, "MSBuildThisFileDirectory", arena_printf(build->arena, "%s/", directory));
}

static void read_file(struct msbuild *build, const struct msbuild_file *file, enum pass pass)
{
    const char *before = msbuild_get(&build->properties, "MSBuildThisFileFullPath");
    const xmlNode *root = xmlDocGetRootElement(file->document);
    set_this_file(build, file->path);
    if (root && build->depth++ < DEEPEST_IMPORT)
        read_nodes(build, root->children, pass);
    build->depth--;
    if (*before)
        set_this_file(build, before);
}

static void tell_missing(struct msbuild *build, const char *name)
{
    for (size_t i = 0; i < build->missing.len; i++)
        if (!strcmp(build->missing.items[i], name))
            return;
    vec_push(build->arena, &build->missing, name);
    diag_warning(build->diag, place_file(build->shown),
                 "cannot find '%s', which the project imports; what it says is left out", name);
}

/* Sheets of Visual Studio and of driver kits lie where properties of the installation say. */
static bool is_installed(struct msbuild *build, const char *name)
{
    static const char *const roots[] = {"VCTargetsPath", "UserRootDir", "MSBuildExtensionsPath",
                                        "VcpkgRoot", "WDKContentRoot"};
    for (size_t i = 0; i < ARRAY_LEN(roots); i++)
        if (strcasestr(name, arena_printf(build->arena, "$(%s", roots[i])))
            return true;
    return strcasestr(name, "Microsoft.Cpp.") != NULL;
}

static void import(struct msbuild *build, const xmlNode *node, enum pass pass)
{
    const char *written = attribute(build, node, "Project");
    if (!written || is_installed(build, written))
        return;
    const char *name = slashes(build->arena, expand(build, written, NULL));
    const char *this = msbuild_get(&build->properties, "MSBuildThisFileDirectory");
    const char *path = path_normalize(build->arena, locate(build->arena, this, name));
    struct diag broken;
    diag_init(&broken, build->arena);
    struct msbuild_file *file =
        *name && !path_is_directory(path) ? open_file(build, path, &broken) : NULL;
    if (file)
        read_file(build, file, pass);
    else
        tell_missing(build, written);
}

/* -- evaluation -- */

/* <Choose>: the first <When> that holds, else <Otherwise>. */
static void choose(struct msbuild *build, const xmlNode *choice, enum pass pass)
{
    for (const xmlNode *node = choice->children; node; node = node->next) {
        if ((is(node, "When") && applies(build, node)) || is(node, "Otherwise")) {
            read_nodes(build, node->children, pass);
            return;
        }
    }
}

static void read_nodes(struct msbuild *build, const xmlNode *first, enum pass pass)
{
    for (const xmlNode *node = first; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || !applies(build, node))
            continue;
        if (is(node, "PropertyGroup") && pass == PASS_PROPERTIES)
            read_properties(build, node);
        else if (is(node, "ItemDefinitionGroup") && pass == PASS_DEFINITIONS)
            read_definitions(build, node);
        else if (is(node, "ItemGroup") && pass == PASS_ITEMS)
            read_items(build, node);
        else if (is(node, "ImportGroup"))
            read_nodes(build, node->children, pass);
        else if (is(node, "Import"))
            import(build, node, pass);
        else if (is(node, "Choose"))
            choose(build, node, pass);
    }
}

bool msbuild_open(struct msbuild *build, struct arena *arena, const char *file, struct diag *diag)
{
    const char *here = path_absolute(arena, ".");
    *build = (struct msbuild){.arena = arena, .diag = diag, .file = file};
    build->shown = here ? path_seen_from(arena, file, here) : file;
    build->directory = path_directory(arena, file);
    const char *directory = arena_printf(arena, "%s/", build->directory);
    const char *base = path_base(file);
    const char *name = arena_strndup(arena, base, strlen(base) - strlen(path_extension(base)));
    msbuild_set(build, "ProjectDir", directory);
    msbuild_set(build, "MSBuildProjectDirectory", build->directory);
    msbuild_set(build, "MSBuildProjectName", name);
    msbuild_set(build, "ProjectName", name);
    return open_file(build, file, diag) != NULL;
}

void msbuild_finish(struct msbuild *build)
{
    for (size_t i = 0; i < build->files.len; i++)
        xmlFreeDoc(build->files.items[i]->document);
}

void msbuild_configurations(struct msbuild *build, string_list *ret_names)
{
    const xmlNode *root = xmlDocGetRootElement(build->files.items[0]->document);
    for (const xmlNode *group = root ? root->children : NULL; group; group = group->next)
        for (const xmlNode *node = group->children; is(group, "ItemGroup") && node;
             node = node->next)
            if (is(node, "ProjectConfiguration") && attribute(build, node, "Include"))
                vec_push(build->arena, ret_names, attribute(build, node, "Include"));
}

void msbuild_evaluate(struct msbuild *build)
{
    for (int pass = PASS_PROPERTIES; pass <= PASS_ITEMS; pass++)
        read_file(build, build->files.items[0], (enum pass)pass);
}

/* -- solutions -- */

/* Project("{kind}") = "name", "path", "{id}" */
static void read_project_lines(struct arena *arena, const char *text, string_list *ret_projects)
{
    for (const char *line = text; (line = strstr(line, "Project(\""));) {
        size_t length = strcspn(line, "\r\n");
        const char *comma = memchr(line, ',', length);
        const char *start = comma ? memchr(comma, '"', length - (size_t)(comma - line)) : NULL;
        const char *end = start ? strchr(start + 1, '"') : NULL;
        if (end && end < line + length)
            vec_push(arena, ret_projects,
                     arena_strndup(arena, start + 1, (size_t)(end - start - 1)));
        line += length;
    }
}

static void read_project_elements(struct msbuild *build, const xmlNode *first,
                                  string_list *ret_projects)
{
    for (const xmlNode *node = first; node; node = node->next) {
        const char *path = is(node, "Project") ? attribute(build, node, "Path") : NULL;
        if (path)
            vec_push(build->arena, ret_projects, path);
        read_project_elements(build, node->children, ret_projects);
    }
}

bool msbuild_read_solution(struct arena *arena, const char *file, string_list *ret_projects,
                           struct diag *diag)
{
    string_list all = {0};
    if (!strcasecmp(path_extension(file), ".slnx")) {
        struct msbuild build;
        bool ok = msbuild_open(&build, arena, file, diag);
        if (ok)
            read_project_elements(
                &build, xmlDocGetRootElement(build.files.items[0]->document)->children, &all);
        msbuild_finish(&build);
        if (!ok)
            return false;
    } else {
        char *text;
        size_t length;
        if (!file_read(file, arena, &text, &length, diag))
            return false;
        read_project_lines(arena, text, &all);
    }
    for (size_t i = 0; i < all.len; i++)
        if (!strcasecmp(path_extension(slashes(arena, all.items[i])), ".vcxproj"))
            vec_push(arena, ret_projects, slashes(arena, all.items[i]));
    return true;
}
