int U;
