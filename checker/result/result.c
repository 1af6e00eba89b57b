#include "result/result.h"

#include <string.h>

const char *verdict_name(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASS:
        return "pass";
    case VERDICT_DEFECT:
        return "defect";
    case VERDICT_UNKNOWN:
        return "unknown";
    case VERDICT_NOT_APPLICABLE:
        return "not applicable";
    }
    BUG_ON(true);
    return NULL;
}

const char *severity_name(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTE:
        return "note";
    }
    BUG_ON(true);
    return NULL;
}

const char *left_out_kind_name(enum left_out_kind kind)
{
    switch (kind) {
    case LEFT_OUT_ASSUMED:
        return "assumption";
    case LEFT_OUT_STAND_IN:
        return "stand-in";
    case LEFT_OUT_HOLE:
        return "hole";
    case LEFT_OUT_REST:
        return "rest";
    }
    BUG_ON(true);
    return NULL;
}

const char *ddi_knowledge_name(enum ddi_knowledge knowledge)
{
    switch (knowledge) {
    case DDI_MODELLED:
        return "modelled";
    case DDI_DEFAULTED:
        return "defaulted";
    case DDI_UNKNOWN:
        return "unknown";
    }
    BUG_ON(true);
    return NULL;
}

bool left_out_of_driver(const struct left_out *item)
{
    return item->kind != LEFT_OUT_ASSUMED;
}

bool finding_is_open(const struct finding *finding)
{
    return !finding->suppression && finding->baseline != BASELINE_UNCHANGED;
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare_number(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

int finding_compare(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int order = compare_text(x->place.file, y->place.file);
    if (!order)
        order = compare_number(x->place.line, y->place.line);
    if (!order)
        order = compare_number(x->place.column, y->place.column);
    if (!order)
        order = compare_text(x->rule, y->rule);
    if (!order)
        order = compare_text(x->message, y->message);
    return order;
}
