/* The part of MSBuild that decides how C and C++ sources are compiled: properties, conditions,
 * property sheets, item definitions and items. The only user of libxml2 in project/.
 *
 * What belongs to Visual Studio or a driver kit ($(VCTargetsPath) and the like) is not there and
 * not looked for. Names of properties, items and metadata do not depend on case. */
#ifndef DRVLINT_PROJECT_MSBUILD_H
#define DRVLINT_PROJECT_MSBUILD_H

#include "project/internal.h"

struct msbuild_value {
    const char *name, *value;
};

typedef VEC(struct msbuild_value) msbuild_values;

struct msbuild_item {
    const char *type;    /* "ClCompile", "ProjectReference", ... */
    const char *include; /* expanded, with slashes; relative to the project's directory */
    msbuild_values metadata;
};

struct msbuild_file;

struct msbuild {
    struct arena *arena;
    struct diag *diag;
    const char *file, *directory; /* of the project; absolute */
    const char *shown;            /* the file in messages */
    msbuild_values properties;
    msbuild_values definitions; /* of ClCompile items */
    VEC(struct msbuild_item) items;
    VEC(struct msbuild_file *) files;
    string_list missing; /* property sheets that are told of already */
    unsigned depth;
};

/* Reads the project file; errors with place if it is no XML. To be finished in any case. */
bool msbuild_open(struct msbuild *build, struct arena *arena, const char *file, struct diag *diag);
void msbuild_finish(struct msbuild *build);

/* "Release|x64" ...: what the project file lists, in its order. */
void msbuild_configurations(struct msbuild *build, string_list *ret_names);

/* Gives a property a value; to be called before msbuild_evaluate(). */
void msbuild_set(struct msbuild *build, const char *name, const char *value);

/* Evaluates the project with its property sheets. */
void msbuild_evaluate(struct msbuild *build);

/* A property or a metadatum, "" if it has no value. */
const char *msbuild_get(const msbuild_values *values, const char *name);

/* The projects that a solution (*.sln, *.slnx) names, as they are written there. */
bool msbuild_read_solution(struct arena *arena, const char *file, string_list *ret_projects,
                           struct diag *diag);

#endif
