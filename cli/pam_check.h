/* `duken pam-check`, which the desk runs: whether PAM lets an account in.
 *
 * Reads "name NUL password NUL" from the standard input, never from arguments or the environment, and ends this process:
 * its status is an enum account_said. The only user of libpam. No command for people, so no row of the commands. */
#ifndef CLI_PAM_CHECK_H
#define CLI_PAM_CHECK_H

_Noreturn void pam_check(void);

#endif
