int isr_c;
