/*
 * The internet of the lab: carries frames between network interfaces, with a delay and a loss of its own for each.
 *
 * It routes by IP address alone, from a table it is told. So nobody asks for hardware addresses (each interface knows one
 * neighbour, GATEWAY, for ever), and the first packet between two machines takes as long as every other: on a real
 * segment the ARP answer would add a round trip to exactly the packets that punch holes.
 *
 * Commands come as lines on stdin, one answer line each ("ok …" or "error …"); the end of stdin ends the program.
 *   add IF DELAY_US LOSS_PERMILLE     delay and loss hold for frames that come from IF
 *   remove IF
 *   route IF ADDRESS/PREFIX           frames for these addresses leave through IF
 *   block IF in|out|both|none         what vanishes, seen from the machine at IF: towards it, from it
 *   count FROM TO                     frames and bytes FROM has sent to TO since the start
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PORTS = 128, ROUTES = 512, QUEUE = 8192, PAIRS = 65536, FRAME = 80000, BUFFER_BYTES = 64 << 20 };

/* What every machine has as its gateway's hardware address, and as its own (lab: wiring.ts). */
static const unsigned char GATEWAY[6] = {2, 0, 0, 0, 0, 1}, MACHINE[6] = {2, 0, 0, 0, 0, 2};

struct frame { uint64_t due; int length; unsigned char *bytes; };
/* In order by themselves: frames of one port all wait equally long. */
struct port { char name[IFNAMSIZ]; int fd; uint64_t delay; int loss; bool no_in, no_out; struct frame *queue; unsigned first, end; };
struct address { unsigned char bytes[16]; };
struct route { struct address to; int bits, port; };
struct pair { struct address from, to; uint64_t frames, bytes; };

static struct port ports[PORTS];
static struct route routes[ROUTES];
static int route_count;
static struct pair pairs[PAIRS];

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000ull + t.tv_nsec / 1000;
}

/* IPv4 as ::ffff:a.b.c.d (RFC 4291 2.5.5.2), so that one table serves both. */
static struct address mapped(const unsigned char *four) {
  struct address a = {{0}};
  a.bytes[10] = a.bytes[11] = 0xff;
  memcpy(a.bytes + 12, four, 4);
  return a;
}

static bool addresses(const unsigned char *frame, int length, struct address *from, struct address *to) {
  int type = frame[12] << 8 | frame[13];
  const unsigned char *ip = frame + ETH_HLEN;
  if (type == ETH_P_IP && length >= ETH_HLEN + 20) {
    *from = mapped(ip + 12);
    *to = mapped(ip + 16);
    return true;
  }
  if (type != ETH_P_IPV6 || length < ETH_HLEN + 40) return false;
  memcpy(from, ip + 8, 16);
  memcpy(to, ip + 24, 16);
  return true;
}

static bool parse(char *text, struct address *a, int *bits) {
  char *slash = strchr(text, '/');
  unsigned char four[4];
  if (slash != NULL) *slash = 0;
  *bits = slash == NULL ? 128 : atoi(slash + 1);
  if (inet_pton(AF_INET6, text, a) == 1) return true;
  if (inet_pton(AF_INET, text, four) != 1) return false;
  *a = mapped(four);
  if (slash != NULL) *bits += 96;
  return true;
}

static bool within(const struct address *a, const struct route *r) {
  int whole = r->bits / 8, rest = r->bits % 8;
  if (memcmp(a, &r->to, whole) != 0) return false;
  return rest == 0 || (a->bytes[whole] ^ r->to.bytes[whole]) >> (8 - rest) == 0;
}

static struct port *port_towards(const struct address *to) {
  for (int i = 0; i < route_count; i++)
    if (within(to, &routes[i])) return &ports[routes[i].port];
  return NULL;
}

/* Open addressing; NULL once the table is full. */
static struct pair *pair_of(const struct address *from, const struct address *to) {
  uint32_t hash = 2166136261u;
  for (int i = 0; i < 16; i++) hash = (hash ^ from->bytes[i]) * 16777619u, hash = (hash ^ to->bytes[i]) * 16777619u;
  for (int i = 0; i < PAIRS; i++) {
    struct pair *p = &pairs[(hash + i) % PAIRS];
    if (p->frames == 0) p->from = *from, p->to = *to;
    if (!memcmp(&p->from, from, 16) && !memcmp(&p->to, to, 16)) return p;
  }
  return NULL;
}

static void take(struct port *port, uint64_t now) {
  static unsigned char buffer[FRAME];
  for (int i = 0; i < 64; i++) {
    int length = read(port->fd, buffer, sizeof buffer);
    unsigned char *ethernet = buffer + sizeof(struct virtio_net_hdr);
    int size = length - (int)sizeof(struct virtio_net_hdr);
    struct address from, to;
    if (length <= 0) return;
    if (size < ETH_HLEN || !addresses(ethernet, size, &from, &to)) continue;
    struct pair *pair = pair_of(&from, &to);
    if (pair != NULL) pair->frames++, pair->bytes += size - ETH_HLEN;
    if (port->no_out || (port->loss > 0 && random() % 1000 < port->loss) || port->end - port->first >= QUEUE) continue;
    struct frame *frame = &port->queue[port->end % QUEUE];
    memcpy(ethernet, MACHINE, 6);
    memcpy(ethernet + 6, GATEWAY, 6);
    frame->bytes = malloc(length);
    if (frame->bytes == NULL) continue;
    memcpy(frame->bytes, buffer, length);
    frame->length = length;
    frame->due = now + port->delay;
    port->end++;
  }
}

/* Sends what is due, oldest first over all ports; returns when the next frame is (UINT64_MAX = none waits). */
static uint64_t deliver(uint64_t now) {
  for (;;) {
    struct port *next = NULL;
    for (struct port *p = ports; p < ports + PORTS; p++)
      if (p->first != p->end && (next == NULL || p->queue[p->first % QUEUE].due < next->queue[next->first % QUEUE].due)) next = p;
    if (next == NULL) return UINT64_MAX;
    struct frame *frame = &next->queue[next->first % QUEUE];
    if (frame->due > now) return frame->due;
    unsigned char *ethernet = frame->bytes + sizeof(struct virtio_net_hdr);
    struct address from, to;
    addresses(ethernet, frame->length - sizeof(struct virtio_net_hdr), &from, &to);
    struct port *out = port_towards(&to);
    if (out != NULL && out != next && !out->no_in && write(out->fd, frame->bytes, frame->length) < 0 && errno != ENETDOWN && errno != ENXIO)
      fprintf(stderr, "hub: %s did not take %d bytes: %s\n", out->name, frame->length, strerror(errno));
    free(frame->bytes);
    next->first++;
  }
}

static struct port *find(const char *name) {
  for (struct port *p = ports; p < ports + PORTS; p++)
    if (p->fd >= 0 && !strcmp(p->name, name)) return p;
  return NULL;
}

/* An empty answer is "ok". */
static const char *add(const char *name, uint64_t delay, int loss) {
  struct port *port = NULL;
  for (struct port *p = ports; p < ports + PORTS && port == NULL; p++)
    if (p->fd < 0) port = p;
  if (port == NULL || find(name) != NULL) return "no room, or there already";
  int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1, bytes = BUFFER_BYTES;
  struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = if_nametoindex(name)};
  struct packet_mreq all = {.mr_ifindex = at.sll_ifindex, .mr_type = PACKET_MR_PROMISC};
  if (fd < 0) return strerror(errno);
  /* Checksums and segments are left to whoever needs them in the end: frames keep their unfinished state on the way. */
  if (at.sll_ifindex == 0 || setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof one) < 0 ||
      setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) < 0 ||
      setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof all) < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) < 0) {
    const char *why = strerror(errno);
    close(fd);
    return why;
  }
  /* FORCE needs real root; without it the system's own limit holds. */
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) < 0) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes) < 0) setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
  struct frame *queue = calloc(QUEUE, sizeof *queue);
  if (queue == NULL) return close(fd), "no memory";
  *port = (struct port){.fd = fd, .delay = delay, .loss = loss, .queue = queue};
  snprintf(port->name, sizeof port->name, "%s", name);
  return "";
}

static void remove_port(struct port *port) {
  int kept = 0;
  for (int i = 0; i < route_count; i++)
    if (routes[i].port != port - ports) routes[kept++] = routes[i];
  route_count = kept;
  for (; port->first != port->end; port->first++) free(port->queue[port->first % QUEUE].bytes);
  close(port->fd);
  free(port->queue);
  *port = (struct port){.fd = -1};
}

static const char *obey(char *line) {
  static char answer[64];
  char verb[16] = "", first[64] = "", second[64] = "", third[64] = "";
  struct address from, to;
  int bits;
  sscanf(line, "%15s %63s %63s %63s", verb, first, second, third);
  if (!strcmp(verb, "add")) return add(first, strtoull(second, NULL, 10), atoi(third));
  if (!strcmp(verb, "count")) {
    if (!parse(first, &from, &bits) || !parse(second, &to, &bits)) return "no address";
    struct pair *pair = pair_of(&from, &to);
    snprintf(answer, sizeof answer, "=%llu %llu", pair ? (unsigned long long)pair->frames : 0, pair ? (unsigned long long)pair->bytes : 0);
    return answer;
  }
  struct port *port = find(first);
  if (port == NULL) return "no such command or port";
  if (!strcmp(verb, "remove")) return remove_port(port), "";
  if (!strcmp(verb, "block")) {
    port->no_in = !strcmp(second, "in") || !strcmp(second, "both");
    port->no_out = !strcmp(second, "out") || !strcmp(second, "both");
    return "";
  }
  if (strcmp(verb, "route") || !parse(second, &to, &bits) || route_count == ROUTES) return "no such command, address or room";
  routes[route_count++] = (struct route){to, bits, port - ports};
  return "";
}

/* Answers every whole line that has come; false at the end of stdin. */
static bool listen_to_stdin(void) {
  static char text[4096];
  static int held;
  int got = read(STDIN_FILENO, text + held, sizeof text - 1 - held);
  if (got <= 0) return false;
  held += got;
  for (char *end; (end = memchr(text, '\n', held)) != NULL;) {
    *end = 0;
    const char *answer = obey(text);
    if (answer[0] == 0 || answer[0] == '=') printf("ok %s\n", answer[0] ? answer + 1 : "");
    else printf("error %s\n", answer);
    held -= end + 1 - text;
    memmove(text, end + 1, held);
  }
  fflush(stdout);
  return true;
}

int main(void) {
  struct pollfd watched[PORTS + 1];
  for (int i = 0; i < PORTS; i++) ports[i].fd = -1;
  srandom(time(NULL) ^ getpid());
  prctl(PR_SET_TIMERSLACK, 1000);
  for (;;) {
    uint64_t next = deliver(now_us()), now = now_us(), wait = next > now ? next - now : 0;
    struct timespec until = {wait / 1000000, wait % 1000000 * 1000};
    for (int i = 0; i < PORTS; i++) watched[i] = (struct pollfd){.fd = ports[i].fd, .events = POLLIN};
    watched[PORTS] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    if (ppoll(watched, PORTS + 1, next == UINT64_MAX ? NULL : &until, NULL) < 0 && errno != EINTR) return 1;
    now = now_us();
    for (int i = 0; i < PORTS; i++)
      if (watched[i].fd >= 0 && watched[i].revents) take(&ports[i], now);
    if (watched[PORTS].revents && !listen_to_stdin()) return 0;
  }
}
