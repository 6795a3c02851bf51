#pragma once
#include <glpk.h>

/* Runs body(context) with GLPK's fatal errors turned into a return value.
 *
 * Returns 0, or 1 when GLPK reported a fatal error: the message then holds its text (length
 * bytes at most, NUL included), and the thread's GLPK environment with every problem object in
 * it is gone.  body may only call glp_* functions: the error leaves it by longjmp.
 * See the GLPK reference manual, section 6.1 (glp_error_hook). */
int cglpk_guard(void (*body)(void *), void *context, char *message, int length);
