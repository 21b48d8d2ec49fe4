/* breaks: members.  The member has another name than the table says. */
#define FORMAT .member_name = TEXT("roster.tiny")
#include "sound.h"
ADAPTER(.context = NULL)
