/* libcurl, loaded with the first call instead of with the program.
 *
 * It brings some thirty libraries along, which take 5 ms to load: neither a screen that starts from
 * the store nor a command that reads it has to wait for them. The functions keep their own names, so
 * that the code that uses them reads as any other; before the first one curl_lazy_load() must have
 * succeeded. Only for the http*.c files. */
#ifndef NET_CURL_LAZY_H
#define NET_CURL_LAZY_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/error.h"

#define CURL_LAZY_FUNCTIONS(X) \
	X(curl_easy_cleanup) \
	X(curl_easy_getinfo) \
	X(curl_easy_init) \
	X(curl_easy_reset) \
	X(curl_easy_setopt) \
	X(curl_easy_strerror) \
	X(curl_free) \
	X(curl_getdate) \
	X(curl_global_cleanup) \
	X(curl_global_init) \
	X(curl_multi_add_handle) \
	X(curl_multi_cleanup) \
	X(curl_multi_info_read) \
	X(curl_multi_init) \
	X(curl_multi_perform) \
	X(curl_multi_poll) \
	X(curl_multi_remove_handle) \
	X(curl_multi_setopt) \
	X(curl_multi_wakeup) \
	X(curl_url) \
	X(curl_url_cleanup) \
	X(curl_url_get) \
	X(curl_url_set)

struct curl_lazy {
#define CURL_LAZY_MEMBER(name) __typeof__(&name) name;
	CURL_LAZY_FUNCTIONS(CURL_LAZY_MEMBER)
#undef CURL_LAZY_MEMBER
};

/* Loads it once; any thread. CONFIG with a sentence that names the package when it cannot. */
bool curl_lazy_load(struct error *err);
/* The functions; ends the program when nothing was loaded. */
const struct curl_lazy *curl_lazy(void);

#ifndef CURL_LAZY_INSIDE
#undef curl_easy_getinfo
#undef curl_easy_setopt
#undef curl_multi_setopt
#define curl_easy_cleanup curl_lazy()->curl_easy_cleanup
#define curl_easy_getinfo curl_lazy()->curl_easy_getinfo
#define curl_easy_init curl_lazy()->curl_easy_init
#define curl_easy_reset curl_lazy()->curl_easy_reset
#define curl_easy_setopt curl_lazy()->curl_easy_setopt
#define curl_easy_strerror curl_lazy()->curl_easy_strerror
#define curl_free curl_lazy()->curl_free
#define curl_getdate curl_lazy()->curl_getdate
#define curl_global_cleanup curl_lazy()->curl_global_cleanup
#define curl_global_init curl_lazy()->curl_global_init
#define curl_multi_add_handle curl_lazy()->curl_multi_add_handle
#define curl_multi_cleanup curl_lazy()->curl_multi_cleanup
#define curl_multi_info_read curl_lazy()->curl_multi_info_read
#define curl_multi_init curl_lazy()->curl_multi_init
#define curl_multi_perform curl_lazy()->curl_multi_perform
#define curl_multi_poll curl_lazy()->curl_multi_poll
#define curl_multi_remove_handle curl_lazy()->curl_multi_remove_handle
#define curl_multi_setopt curl_lazy()->curl_multi_setopt
#define curl_multi_wakeup curl_lazy()->curl_multi_wakeup
#define curl_url curl_lazy()->curl_url
#define curl_url_cleanup curl_lazy()->curl_url_cleanup
#define curl_url_get curl_lazy()->curl_url_get
#define curl_url_set curl_lazy()->curl_url_set
#endif

#endif
