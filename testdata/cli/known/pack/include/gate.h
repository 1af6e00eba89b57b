/* An operating system with one resource. */
#define GATE_OK 0
#define GATE_BUSY (-5)
typedef void *GATE;
int GateOpen(GATE *gate);
void GateClose(GATE gate);
