/*
 * The NAT of a `random` router: a program behind the TUN interface that carries everything to and from the inside.
 *
 * Mapping: endpoint-independent (RFC 4787 4.1), a random outer port for each protocol, inner address and inner port.
 * Filtering: by address and port (RFC 4787 5): in comes only what a mapping has sent to.
 * A mapping is forgotten when nothing leaves through it for a while, and at once when a TCP reset passes, either way,
 * on any of its connections. No kernel NAT does that last thing, and some home routers do.
 *
 *   random-nat TUN OUTER_ADDRESS UDP_EXPIRY_S TCP_EXPIRY_S
 *
 * A packet nobody asked for goes back unchanged into the interface; the router's firewall drops or rejects it (rules.ts).
 * Commands come as lines on stdin, answered with "ok": ready, forget. The end of stdin ends the program.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { BUCKETS = 65536, FIRST_PORT = 1024, PACKET = 65536, TCP_SYN = 2, TCP_RST = 4 };

/* Addresses and ports are kept as they stand in packets, in network order. */
struct flow { uint32_t address; uint16_t port; struct mapping *of; struct flow *in_bucket, *in_mapping; };
struct mapping {
  bool is_tcp;
  uint32_t inner_address;
  uint16_t inner_port, outer_port;
  time_t used;
  struct flow *flows;
  struct mapping *in_bucket;
};

static struct mapping *by_inner[BUCKETS], *by_outer[2][65536];
static struct flow *flows[BUCKETS];
static uint32_t outer_address;
static time_t expiry_s[2];
static int tun;

static time_t now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec;
}

static unsigned bucket(uint32_t address, uint16_t port, uint32_t salt) {
  uint64_t mixed = ((uint64_t)address << 32 | (uint32_t)port << 16 | salt) * 0x9e3779b97f4a7c15ull;
  return mixed >> 48;
}

static unsigned flow_bucket(const struct mapping *m, uint32_t address, uint16_t port) {
  return bucket(address, port, m->outer_port ^ (m->is_tcp ? 1 : 0));
}

static void forget(struct mapping *gone) {
  struct mapping **at = &by_inner[bucket(gone->inner_address, gone->inner_port, gone->is_tcp)];
  while (*at != gone) at = &(*at)->in_bucket;
  *at = gone->in_bucket;
  by_outer[gone->is_tcp][gone->outer_port] = NULL;
  for (struct flow *flow = gone->flows, *next; flow != NULL; flow = next) {
    struct flow **place = &flows[flow_bucket(gone, flow->address, flow->port)];
    while (*place != flow) place = &(*place)->in_bucket;
    *place = flow->in_bucket;
    next = flow->in_mapping;
    free(flow);
  }
  free(gone);
}

static void forget_all(void) {
  for (int is_tcp = 0; is_tcp < 2; is_tcp++)
    for (int port = 0; port < 65536; port++)
      if (by_outer[is_tcp][port] != NULL) forget(by_outer[is_tcp][port]);
}

/* The mapping, or NULL; one that has expired is forgotten here. */
static struct mapping *alive(struct mapping *m) {
  if (m == NULL || now_s() - m->used <= expiry_s[m->is_tcp]) return m;
  forget(m);
  return NULL;
}

static struct mapping *find_inner(bool is_tcp, uint32_t address, uint16_t port) {
  struct mapping *m = by_inner[bucket(address, port, is_tcp)];
  while (m != NULL && (m->is_tcp != is_tcp || m->inner_address != address || m->inner_port != port)) m = m->in_bucket;
  return alive(m);
}

static struct mapping *new_mapping(bool is_tcp, uint32_t address, uint16_t port) {
  struct mapping *m = calloc(1, sizeof *m);
  uint16_t outer = 0;
  if (m == NULL) return NULL;
  for (int tries = 0; tries < 1000; tries++) {
    if (getrandom(&outer, sizeof outer, 0) != sizeof outer) continue;
    if (ntohs(outer) >= FIRST_PORT && alive(by_outer[is_tcp][outer]) == NULL) break;
    outer = 0;
  }
  if (outer == 0) return free(m), NULL;
  unsigned at = bucket(address, port, is_tcp);
  *m = (struct mapping){is_tcp, address, port, outer, now_s(), NULL, by_inner[at]};
  return by_outer[is_tcp][outer] = by_inner[at] = m;
}

static struct flow *find_flow(const struct mapping *m, uint32_t address, uint16_t port) {
  struct flow *flow = flows[flow_bucket(m, address, port)];
  while (flow != NULL && (flow->of != m || flow->address != address || flow->port != port)) flow = flow->in_bucket;
  return flow;
}

static void let_in(struct mapping *m, uint32_t address, uint16_t port) {
  struct flow *flow = find_flow(m, address, port) == NULL ? calloc(1, sizeof *flow) : NULL;
  if (flow == NULL) return;
  unsigned at = flow_bucket(m, address, port);
  *flow = (struct flow){address, port, m, flows[at], m->flows};
  flows[at] = m->flows = flow;
}

/* RFC 1624 equation 3, for a change of one 16-bit word. */
static void amend(uint8_t *checksum, uint16_t before, uint16_t after) {
  uint16_t old;
  memcpy(&old, checksum, 2);
  uint32_t sum = (uint16_t)~old + (uint16_t)~before + after;
  sum = (sum & 0xffff) + (sum >> 16);
  uint16_t fresh = ~((sum & 0xffff) + (sum >> 16));
  memcpy(checksum, &fresh, 2);
}

/* Puts an address and a port in place of those at the given places, and amends the checksums. */
static void rewrite(uint8_t *ip, uint8_t *address_at, uint32_t address, uint8_t *port_at, uint16_t port) {
  uint8_t *transport = ip + (ip[0] & 15) * 4, *checksum = ip[9] == IPPROTO_TCP ? transport + 16 : transport + 6;
  uint16_t before[3], after[3], sum;
  memcpy(before, address_at, 4);
  memcpy(before + 2, port_at, 2);
  memcpy(after, &address, 4);
  memcpy(after + 2, &port, 2);
  memcpy(&sum, checksum, 2);
  bool is_summed = ip[9] == IPPROTO_TCP || sum != 0; /* RFC 768: 0 = the sender made none */
  for (int i = 0; i < 3; i++) {
    if (i < 2) amend(ip + 10, before[i], after[i]);
    if (is_summed) amend(checksum, before[i], after[i]);
  }
  memcpy(&sum, checksum, 2);
  if (is_summed && ip[9] == IPPROTO_UDP && sum == 0) memset(checksum, 0xff, 2);
  memcpy(address_at, &address, 4);
  memcpy(port_at, &port, 2);
}

/* The router passes each packet on twice, to this program and from it: one hop too many. */
static void give_back_a_hop(uint8_t *ip) {
  uint16_t before, after;
  memcpy(&before, ip + 8, 2);
  ip[8]++;
  memcpy(&after, ip + 8, 2);
  amend(ip + 10, before, after);
}

static void send_on(const uint8_t *ip, int length) {
  if (write(tun, ip, length) < 0 && errno != EAGAIN) perror("random-nat: write");
}

static void carry(uint8_t *ip, int length) {
  int head = (ip[0] & 15) * 4;
  bool is_tcp = ip[9] == IPPROTO_TCP, is_fragment = (ip[6] & 0x3f) != 0 || ip[7] != 0;
  if (ip[0] >> 4 != 4 || length < head + (is_tcp ? 20 : 8) || is_fragment || (!is_tcp && ip[9] != IPPROTO_UDP)) return;
  uint8_t *transport = ip + head, flags = is_tcp ? transport[13] : 0;
  uint32_t from, to;
  uint16_t from_port, to_port;
  memcpy(&from, ip + 12, 4);
  memcpy(&to, ip + 16, 4);
  memcpy(&from_port, transport, 2);
  memcpy(&to_port, transport + 2, 2);

  struct mapping *m;
  if (to == outer_address) {
    m = alive(by_outer[is_tcp][to_port]);
    if (m == NULL || find_flow(m, from, from_port) == NULL) {
      send_on(ip, length);
      return;
    }
    rewrite(ip, ip + 16, m->inner_address, transport + 2, m->inner_port);
  } else {
    m = find_inner(is_tcp, from, from_port);
    /* A connection whose mapping is forgotten is dead: only a new one begins a mapping. */
    if (m == NULL && (!is_tcp || (flags & TCP_SYN))) m = new_mapping(is_tcp, from, from_port);
    if (m == NULL) return;
    m->used = now_s();
    let_in(m, to, to_port);
    rewrite(ip, ip + 12, outer_address, transport, m->outer_port);
  }
  give_back_a_hop(ip);
  send_on(ip, length);
  if (flags & TCP_RST) forget(m);
}

int main(int count, char **words) {
  static uint8_t packet[PACKET];
  struct ifreq name = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  char command[64];
  if (count != 5 || inet_pton(AF_INET, words[2], &outer_address) != 1) return 2;
  expiry_s[0] = atoi(words[3]);
  expiry_s[1] = atoi(words[4]);
  tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  snprintf(name.ifr_name, sizeof name.ifr_name, "%s", words[1]);
  if (tun < 0 || ioctl(tun, TUNSETIFF, &name) < 0) {
    perror("random-nat: /dev/net/tun");
    return 1;
  }
  struct pollfd watched[2] = {{.fd = tun, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
  for (;;) {
    if (poll(watched, 2, -1) < 0 && errno != EINTR) return 1;
    for (int i = 0; i < 256; i++) {
      int length = read(tun, packet, sizeof packet);
      if (length <= 0) break;
      carry(packet, length);
    }
    if (!watched[1].revents) continue;
    /* Whoever asks waits for the answer, so a read is one whole line. */
    int got = read(STDIN_FILENO, command, sizeof command - 1);
    if (got <= 0) return 0;
    if (!strncmp(command, "forget", 6)) forget_all();
    if (write(STDOUT_FILENO, "ok\n", 3) != 3) return 0;
  }
}
