#include "cbl/scan.h"
