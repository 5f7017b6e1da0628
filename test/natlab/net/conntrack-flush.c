/* Empties the connection table of the network namespace it runs in: one message, without a filter (nfnetlink_conntrack.h). */
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  struct { struct nlmsghdr head; struct nfgenmsg body; } ask;
  struct { struct nlmsghdr head; struct nlmsgerr body; char rest[256]; } answer;
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
  memset(&ask, 0, sizeof ask);
  ask.head.nlmsg_len = sizeof ask;
  ask.head.nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE;
  ask.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
  ask.body.nfgen_family = AF_UNSPEC;
  ask.body.version = NFNETLINK_V0;
  if (fd < 0 || send(fd, &ask, sizeof ask, 0) < 0 || recv(fd, &answer, sizeof answer, 0) < (ssize_t)sizeof answer.head) {
    perror("conntrack-flush");
    return 1;
  }
  if (answer.head.nlmsg_type == NLMSG_ERROR && answer.body.error == 0) return 0;
  fprintf(stderr, "conntrack-flush: error %d\n", -answer.body.error);
  return 1;
}
