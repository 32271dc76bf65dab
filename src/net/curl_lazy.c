#define CURL_LAZY_INSIDE
#include "net/curl_lazy.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/i18n.h"

/* The ABI that the headers describe; it has not changed since 2006. */
#define LIBRARY "libcurl.so.4"

static struct curl_lazy functions;
static bool loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find(void *library, const char *name, void *function)
{
	void *found = dlsym(library, name);

	/* The way that POSIX gives for turning an object's address into a function's. */
	*(void **)function = found;
	return found != NULL;
}

static void load(void)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		return;
	loaded = true;
#define FIND(name) loaded &= find(library, #name, &functions.name);
	CURL_LAZY_FUNCTIONS(FIND)
#undef FIND
}

bool curl_lazy_load(struct error *err)
{
	pthread_once(&once, load);
	if (!loaded)
		return error_set(err, ERR_CONFIG,
			_("the network library cannot start; install libcurl4 anew"));
	return true;
}

const struct curl_lazy *curl_lazy(void)
{
	if (!loaded)
		abort();
	return &functions;
}
