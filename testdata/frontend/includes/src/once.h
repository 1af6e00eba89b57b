#pragma once
int SeenOnce;
