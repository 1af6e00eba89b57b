#include <gate.h>

int Random(void);
int Work(void);
