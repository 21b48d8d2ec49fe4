#include "cbl/adapter.h"
