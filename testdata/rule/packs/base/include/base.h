// headers of the base pack
