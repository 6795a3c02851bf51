#pragma once
#include <libpq-fe.h>

/* Swift imports no character macros. */
enum {
    pq_diag_sqlstate = PG_DIAG_SQLSTATE,
    pq_diag_message_primary = PG_DIAG_MESSAGE_PRIMARY,
    pq_diag_message_detail = PG_DIAG_MESSAGE_DETAIL,
    pq_diag_constraint_name = PG_DIAG_CONSTRAINT_NAME
};
