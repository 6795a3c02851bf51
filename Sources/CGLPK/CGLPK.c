#include "CGLPK.h"
#include <setjmp.h>
#include <string.h>

struct trap {
    jmp_buf exit;
    char *message;
    int length;
};

static int keep_text(void *info, const char *text) {
    struct trap *trap = info;
    strncat(trap->message, text, (size_t)trap->length - 1 - strlen(trap->message));
    return 1;
}

static void leave(void *info) { longjmp(((struct trap *)info)->exit, 1); }

int cglpk_guard(void (*body)(void *), void *context, char *message, int length) {
    struct trap trap = {.message = message, .length = length};
    message[0] = 0;
    int failed = setjmp(trap.exit);
    if (!failed) {
        glp_error_hook(leave, &trap);
        glp_term_hook(keep_text, &trap);
        body(context);
    }
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
    if (failed) glp_free_env();
    return failed;
}
