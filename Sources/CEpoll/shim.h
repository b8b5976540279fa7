// What Swift's Glibc module leaves out of the C library and of the kernel's headers.
#include <linux/filter.h>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Declared by <sys/socket.h> for _GNU_SOURCE alone, which the Glibc module is built without.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
