#pragma once
#include <ndis.h>

typedef struct card card_t;

typedef struct chip_ops {
    const char* name;
    NDIS_STATUS (*open) (card_t*);
    void (*close) (card_t*);
} chip_ops;

struct card {
    NDIS_HANDLE ndis_handle;
    NDIS_HANDLE irq;
    PVOID ring;
    const chip_ops* ops;
};

extern const chip_ops older_chip, newer_chip;
