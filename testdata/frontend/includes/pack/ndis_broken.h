// A header of the system that is broken: nothing in it is repaired.
typedef struct _BROKEN {
    int a b;
} BROKEN;
