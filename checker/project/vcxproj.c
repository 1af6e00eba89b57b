/* Visual Studio's projects and solutions: which sources, with which flags. */
#include "project/msbuild.h"

#include "base/path.h"

#include <string.h>
#include <strings.h>

enum { DEEPEST_REFERENCE = 8 };

/* -- which configuration -- */

static const char *part(struct arena *arena, const char *configuration, bool platform)
{
    size_t length = strcspn(configuration, "|");
    if (!platform)
        return arena_strndup(arena, configuration, length);
    return configuration[length] ? configuration + length + 1 : "";
}

/* How much the configuration is what is wanted; what is not said is Release and x64, if there. */
static unsigned rank(struct arena *arena, const char *configuration,
                     const struct project_choice *choice)
{
    const char *name = part(arena, configuration, false);
    const char *platform = part(arena, configuration, true);
    unsigned points = 0;
    if (choice->configuration)
        points += strcasecmp(name, choice->configuration) ? 0 : 8;
    else
        points += !strcasecmp(name, "Release") ? 2 : strcasestr(name, "Release") ? 1 : 0;
    if (choice->platform)
        points += strcasecmp(platform, choice->platform) ? 0 : 8;
    else
        points += !strcasecmp(platform, "x64") ? 4 : 0;
    return points;
}

static bool choose(struct msbuild *build, const struct project_choice *choice)
{
    string_list names = {0};
    msbuild_configurations(build, &names);
    const char *best = NULL, *all = "";
    unsigned most = 0;
    unsigned wanted = (choice->configuration ? 8 : 0) + (choice->platform ? 8 : 0);
    for (size_t i = 0; i < names.len; i++) {
        unsigned points = rank(build->arena, names.items[i], choice);
        if (!best || points > most) {
            best = names.items[i];
            most = points;
        }
        all = arena_printf(build->arena, "%s%s%s", all, i ? ", " : "", names.items[i]);
    }
    if (best && most < wanted)
        return diag_error(build->diag, place_file(build->shown),
                          "the project has no configuration '%s|%s'; it has %s",
                          choice->configuration ? choice->configuration : "*",
                          choice->platform ? choice->platform : "*", all);
    best = best ? best : "Release|x64";
    const char *platform = part(build->arena, best, true);
    msbuild_set(build, "Configuration", part(build->arena, best, false));
    msbuild_set(build, "Platform", platform);
    msbuild_set(build, "PlatformTarget", strcasecmp(platform, "Win32") ? platform : "x86");
    return true;
}

static bool has_solution(struct arena *arena, const char *directory)
{
    char **names;
    size_t count;
    if (!path_list(arena, directory, &names, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!strcasecmp(path_extension(names[i]), ".sln") ||
            !strcasecmp(path_extension(names[i]), ".slnx"))
            return true;
    return false;
}

/* The nearest directory from the project's on that has a solution, else the project's own. */
static const char *solution_directory(struct arena *arena, const char *directory)
{
    for (const char *at = directory; strcmp(at, "/") && strcmp(at, ".");
         at = path_directory(arena, at))
        if (has_solution(arena, at))
            return at;
    return directory;
}

static bool evaluate(struct msbuild *build, const struct project_choice *choice)
{
    if (!choose(build, choice))
        return false;
    msbuild_set(
        build, "SolutionDir",
        arena_printf(build->arena, "%s/", solution_directory(build->arena, build->directory)));
    msbuild_evaluate(build);
    return true;
}

/* -- flags -- */

static void push(struct msbuild *build, struct flag_set *set, const char *flag, const char *value)
{
    vec_push(build->arena, &set->flags, flag);
    vec_push(build->arena, &set->flags, value);
}

/* A ';' list of the item, slashes in paths. */
static void list_of(struct msbuild *build, const char *text, bool paths, string_list *ret_parts)
{
    char *copy = arena_strdup(build->arena, text), *next;
    for (char *at = copy; at; at = next) {
        next = strchr(at, ';');
        if (next)
            *next++ = '\0';
        at += strspn(at, " \t\r\n");
        for (char *end = at + strlen(at); end > at && strchr(" \t\r\n", end[-1]);)
            *--end = '\0';
        for (char *c = at; paths && *c; c++)
            if (*c == '\\')
                *c = '/';
        if (*at)
            vec_push(build->arena, ret_parts, at);
    }
}

/* Directories that are not there belong to a kit, or are made by the build. */
static void add_directories(struct msbuild *build, const char *list, struct flag_set *set)
{
    string_list names = {0};
    list_of(build, list, true, &names);
    for (size_t i = 0; i < names.len; i++) {
        const char *path =
            path_normalize(build->arena, locate(build->arena, build->directory, names.items[i]));
        if (path_is_directory(path))
            push(build, set, "-I", path);
    }
}

/* NAME=\"text\" is written for a command line. */
static const char *unquoted(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text), *to = copy;
    for (const char *from = text; *from; from++)
        if (from[0] != '\\' || from[1] != '"')
            *to++ = *from;
    *to = '\0';
    return copy;
}

static void add_macros(struct msbuild *build, const char *list, const char *flag,
                       struct flag_set *set)
{
    string_list names = {0};
    list_of(build, list, false, &names);
    for (size_t i = 0; i < names.len; i++)
        push(build, set, flag, unquoted(build->arena, names.items[i]));
}

/* What a driver kit defines for the version of Windows that a project is for. */
static void add_version(struct msbuild *build, struct flag_set *set)
{
    static const struct {
        const char *version, *winver, *ntddi;
    } versions[] = {
        {"Windows7", "0x0601", "0x06010000"},    {"Win7", "0x0601", "0x06010000"},
        {"Windows8", "0x0602", "0x06020000"},    {"Win8", "0x0602", "0x06020000"},
        {"WindowsV6.3", "0x0603", "0x06030000"}, {"WinV6.3", "0x0603", "0x06030000"},
        {"Windows10", "0x0A00", "0x0A000000"},
    };
    const char *version = msbuild_get(&build->properties, "TargetVersion");
    for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
        if (strcasecmp(version, versions[i].version))
            continue;
        push(build, set, "-D", arena_printf(build->arena, "_WIN32_WINNT=%s", versions[i].winver));
        push(build, set, "-D", arena_printf(build->arena, "WINVER=%s", versions[i].winver));
        push(build, set, "-D", arena_printf(build->arena, "NTDDI_VERSION=%s", versions[i].ntddi));
    }
    if (!strcasecmp(msbuild_get(&build->properties, "UseDebugLibraries"), "true"))
        push(build, set, "-D", "DBG=1");
}

static void add_options(struct msbuild *build, const char *options, struct flag_set *set)
{
    string_list args = {0};
    command_split(build->arena, options, true, &args);
    flags_take(build->arena, set, FLAGS_CL, build->directory, args.items, args.len);
}

static struct flag_set flags_of(struct msbuild *build, const msbuild_values *item)
{
    struct flag_set set = {0};
    string_list forced = {0};
    const char *as = msbuild_get(item, "CompileAs");
    if (!strcasecmp(as, "CompileAsC"))
        set.language = LANGUAGE_C;
    else if (!strcasecmp(as, "CompileAsCpp"))
        set.language = LANGUAGE_CXX;
    /* What the item says of the version comes behind, and counts. */
    add_version(build, &set);
    add_macros(build, msbuild_get(item, "PreprocessorDefinitions"), "-D", &set);
    add_macros(build, msbuild_get(item, "UndefinePreprocessorDefinitions"), "-U", &set);
    add_directories(build, msbuild_get(item, "AdditionalIncludeDirectories"), &set);
    add_directories(build, msbuild_get(&build->properties, "IncludePath"), &set);
    add_options(build, msbuild_get(item, "AdditionalOptions"), &set);
    list_of(build, msbuild_get(item, "ForcedIncludeFiles"), true, &forced);
    for (size_t i = 0; i < forced.len; i++)
        push(build, &set, "-include", locate(build->arena, build->directory, forced.items[i]));
    const char *standard = msbuild_get(item, "LanguageStandard");
    if (!strcasecmp(standard, "stdcpp20") || !strcasecmp(standard, "stdcpplatest"))
        vec_push(build->arena, &set.flags, "-std=c++20");
    return set;
}

/* -- sources -- */

static void add_sources(struct msbuild *build, struct project *project)
{
    for (size_t i = 0; i < build->items.len; i++) {
        const struct msbuild_item *item = &build->items.items[i];
        if (strcasecmp(item->type, "ClCompile") ||
            !strcasecmp(msbuild_get(&item->metadata, "ExcludedFromBuild"), "true"))
            continue;
        const char *path =
            path_normalize(build->arena, locate(build->arena, build->directory, item->include));
        if (!path_exists(path)) {
            diag_warning(build->diag, place_file(build->shown), "cannot find '%s'; it is left out",
                         item->include);
            continue;
        }
        struct flag_set set = flags_of(build, &item->metadata);
        add_source(build->arena, project, path, build->directory, &set);
    }
}

static bool load(struct arena *arena, const char *file, const struct project_choice *choice,
                 unsigned depth, struct project *project, struct diag *diag);

/* Static libraries of the same solution are part of the driver. */
static void add_libraries(struct msbuild *build, const struct project_choice *choice,
                          unsigned depth, struct project *project)
{
    for (size_t i = 0; i < build->items.len && depth < DEEPEST_REFERENCE; i++) {
        const struct msbuild_item *item = &build->items.items[i];
        const char *path =
            path_normalize(build->arena, locate(build->arena, build->directory, item->include));
        if (strcasecmp(item->type, "ProjectReference"))
            continue;
        struct diag ignored; /* it may have no such configuration */
        diag_init(&ignored, build->arena);
        if (!path_exists(path))
            diag_warning(build->diag, place_file(build->shown),
                         "cannot find the project '%s'; what it has is left out", item->include);
        else
            load(build->arena, path, choice, depth + 1, project, &ignored);
    }
}

static const char *target_of(const char *platform)
{
    if (!strcasecmp(platform, "Win32") || !strcasecmp(platform, "x86"))
        return "i686-pc-windows-msvc";
    return strcasecmp(platform, "ARM64") ? NULL : "aarch64-pc-windows-msvc";
}

static bool load(struct arena *arena, const char *file, const struct project_choice *choice,
                 unsigned depth, struct project *project, struct diag *diag)
{
    struct msbuild build;
    bool ok = msbuild_open(&build, arena, file, diag) && evaluate(&build, choice);
    if (!ok)
        goto out;
    const msbuild_values *properties = &build.properties;
    const char *type = msbuild_get(properties, "ConfigurationType");
    if (depth > 0 && strcasecmp(type, "StaticLibrary"))
        goto out;
    const struct project_choice same = {.configuration = msbuild_get(properties, "Configuration"),
                                        .platform = msbuild_get(properties, "Platform")};
    if (depth == 0) {
        const char *name = msbuild_get(properties, "TargetName");
        project->name = *name ? name : msbuild_get(properties, "ProjectName");
        project->target = target_of(same.platform);
    }
    add_sources(&build, project);
    add_libraries(&build, &same, depth, project);
out:
    msbuild_finish(&build);
    return ok;
}

static const char *shown(struct arena *arena, const char *file)
{
    const char *here = path_absolute(arena, ".");
    return here ? path_seen_from(arena, file, here) : file;
}

bool load_vcxproj(struct arena *arena, const char *file, const struct project_choice *choice,
                  struct project *project, struct diag *diag)
{
    if (!load(arena, file, choice, 0, project, diag))
        return false;
    if (!project->sources.len)
        return diag_error(diag, place_file(shown(arena, file)),
                          "the project has no C or C++ source");
    return true;
}

/* -- solutions -- */

static bool is_driver(struct arena *arena, const char *file, const struct project_choice *choice)
{
    struct msbuild build;
    struct diag ignored;
    diag_init(&ignored, arena);
    bool driver = msbuild_open(&build, arena, file, &ignored) && evaluate(&build, choice) &&
                  !strcasecmp(msbuild_get(&build.properties, "ConfigurationType"), "Driver");
    msbuild_finish(&build);
    return driver;
}

bool load_solution(struct arena *arena, const char *file, const struct project_choice *choice,
                   struct project *project, struct diag *diag)
{
    string_list projects = {0};
    const char *directory = path_directory(arena, file), *drivers = "", *only = NULL;
    size_t count = 0;
    if (!msbuild_read_solution(arena, file, &projects, diag))
        return false;
    for (size_t i = 0; i < projects.len; i++) {
        const char *path = path_normalize(arena, locate(arena, directory, projects.items[i]));
        if (!path_exists(path) || !is_driver(arena, path, choice))
            continue;
        drivers = arena_printf(arena, "%s%s'%s'", drivers, count++ ? ", " : "", projects.items[i]);
        only = path;
    }
    if (count != 1)
        return count ? diag_error(diag, place_file(shown(arena, file)),
                                  "the solution has %zu drivers, and one is checked at a time; "
                                  "give one of %s",
                                  count, drivers)
                     : diag_error(diag, place_file(shown(arena, file)),
                                  "the solution has no driver project");
    return load_vcxproj(arena, only, choice, project, diag);
}
