/* Bit-fields: one field per storage unit, named after all that share it; also at the start of a
 * struct, where clang selects no field. */
typedef struct _STATE {
    unsigned Up : 1;
    unsigned Mode : 3;
    unsigned : 4;
    unsigned Count : 8;
    unsigned char Small : 2;
    unsigned long long Wide : 40;
    int Plain;
} STATE;

STATE Initial = { .Up = 1, .Mode = 5, .Count = 200, .Wide = 0xffffffffff, .Plain = -1 };

int get(STATE *s)
{
    return s->Up && s->Mode == 5;
}

void set(STATE *s, unsigned mode)
{
    s->Up = 1;
    s->Mode = mode;
    s->Small = 2;
    s->Wide++;
}

void set_global(void)
{
    Initial.Count = 3;
    Initial.Plain = 4;
}
