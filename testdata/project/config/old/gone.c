int gone_c;
