#pragma once
#include <libxml/xmlversion.h>
// The layout of encoding handlers is nobody's business here, and ICU's types have the names of those
// that Foundation brings: a file that sees both is refused by the compiler.
#undef LIBXML_ICU_ENABLED
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
