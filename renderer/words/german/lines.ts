import type { lines as english } from '../english/lines.ts'
import type { SameShape } from '../same-shape.ts'

/** Words of a line and of what goes over it: a line is always called “Verbindung”. */
export const lines: SameShape<typeof english> = {
  word: {
    direct: 'Direkt',
    relayed: 'Über ein Relay',
    upgrading: 'Über ein Relay, direkt wird versucht',
    lan: 'In diesem Netzwerk',
    none: 'Keine Verbindung',
    unknown: 'Noch nicht bekannt',
  },
  otherTransport: 'ein anderer Transport',
  relayed: 'Über Relay',
  byRelay: (relay) => ` ${relay}`,
  trying: 'direkt wird versucht',
  noneBecause: (name, cause) => ` zu ${name}: ${cause}`,
  lastSeen: (time) => `zuletzt gesehen ${time}`,
  since: (time) => ` seit ${time}`,
  sentence: {
    direct: (from, name) => `Direkt${from}: Niemand steht zwischen dir und ${name}.`,
    lan: (from, name) => `In diesem Netzwerk${from}: Was du ${name} schreibst, verlässt es nicht.`,
    relayed: (from, relay) => `Über Relay ${relay}${from}.`,
    upgrading: (from, relay) => `Über Relay ${relay}${from}. Eine direkte Verbindung wird gerade versucht.`,
    none: (name) => `Keine Verbindung zu ${name}. Was du schreibst, wartet hier und geht von selbst hinaus.`,
    noneBecause: (name, cause) =>
      `Keine Verbindung zu ${name}: ${cause}. Was du schreibst, wartet hier und geht von selbst hinaus.`,
    unknown: (name) => `Noch nicht bekannt, ob es eine Verbindung zu ${name} gibt.`,
  },
  because: {
    trying: () => 'Eine direkte Verbindung wird versucht, jetzt oder gleich.',
    'relay-only': () => 'Du hast „Nur über Relay“ gewählt, deshalb wird keine direkte Verbindung versucht.',
    'no-way-yet': () => 'Was bisher versucht wurde, kam nicht durch. Sightline versucht es von selbst wieder.',
    'needs-udp-punch': () =>
      'Direkt geht es noch nicht: Einer der beiden Router benutzt für jedes Ziel einen neuen Port, und da kommt TCP nicht durch. Es bräuchte UDP, und das macht Sightline noch nicht.',
    'both-change-ports': () =>
      'Zwischen diesen beiden Netzen geht es nicht direkt: Beide Router benutzen für jedes Ziel einen neuen Port, und da kommt nichts durch.',
    'not-supported': (name) =>
      `Direkt geht es hier nicht: Dazu braucht es beide Seiten, und das Programm, das ${name} benutzt, kann es nicht.`,
  },
  causes: {
    'no-network': 'dieser Computer hat kein Netz',
    'no-relay': 'du kennst kein Relay',
    asking: 'deine Relays werden noch gefragt',
    silent: 'kein Relay antwortet',
    'no-place': 'kein Relay hat einen Platz für dich',
  },
  relayOnly: (cause) => `${cause}, und du hast „Nur über Relay“ gewählt`,
  receiptWay: {
    direct: 'direkt',
    lan: 'in diesem Netzwerk',
    relayed: 'über ein Relay',
    upgrading: 'über ein Relay',
    none: '',
    unknown: '',
  },
  delivery: { waiting: 'Wartet', sent: 'Gesendet', read: 'Gelesen', delivered: 'Zugestellt' },
  waits: {
    blocked: (name) => `du hast ${name} blockiert`,
    asked: (name) => `${name} hat dich noch nicht angenommen`,
    asksMe: (name) => `du hast ${name} noch nicht angenommen`,
    noContact: (name) => `${name} gehört nicht zu deinen Kontakten`,
    unknown: (name) => `noch nicht bekannt, ob es eine Verbindung zu ${name} gibt`,
    onItsWay: (name) => `unterwegs zu ${name}`,
    offline: (name) => `${name} ist offline`,
    noLine: (name) => `noch keine Verbindung zu ${name}`,
    noLineBecause: (name, cause) => `noch keine Verbindung zu ${name}; ${cause}`,
  },
}
