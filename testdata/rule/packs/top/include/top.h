// headers of this pack
