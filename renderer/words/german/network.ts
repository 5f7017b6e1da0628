import type { network as english } from '../english/network.ts'
import {
  exactTerm,
  type ReachWords,
  reachBasis,
  reachSentence,
  relayRefusal,
  relayTroubleSentence,
  type TroubleWords,
} from '../network-truth.ts'
import type { SameShape } from '../same-shape.ts'
import { count, size } from '../size.ts'
import { duration } from '../time.ts'
import { failures } from './failures.ts'

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} und ${names.at(-1)}`

const reach: ReachWords = {
  through: (relays) => `Andere erreichen dich über ${list(relays)}.`,
  relayOnly: 'Du hast „Nur über Relay“ gewählt.',
  relayOnlyNone:
    'Du hast „Nur über Relay“ gewählt, und kein Relay hat einen Platz für dich. Deshalb kann niemand eine Verbindung zu dir öffnen.',
  noNetwork: 'Dieser Computer hat gerade kein Netz. Sightline verbindet sich von selbst, sobald es eines gibt.',
  mapped: 'Du bist direkt erreichbar: Dein Router hat einen Port geöffnet.',
  direct: 'Du bist direkt erreichbar.',
  router: 'Du bist hinter einem Router, der von sich aus niemanden hereinlässt.',
  private: 'Von anderswo kommt niemand direkt zu dir durch.',
  noPlace: 'Kein Relay hat einen Platz für dich.',
  directUnknown: 'Ob du auch direkt erreichbar bist, ist noch nicht bekannt.',
  unknown: 'Noch nicht bekannt, ob du erreichbar bist.',
  lanLine: 'In diesem Netzwerk gibt es eine Verbindung.',
  rest: {
    relayOnly: 'Mit niemandem wird eine direkte Verbindung aufgebaut oder angenommen.',
    public: 'Andere haben eine deiner Adressen angerufen und kamen durch.',
    failed: 'Andere haben eine deiner Adressen angerufen und kamen nicht durch.',
    begins: 'Eine Verbindung beginnt an einem Relay und wird direkt, wo beide Enden es zulassen.',
    unknown: 'Sightline bittet andere Peers, dich zurückzurufen. Dafür muss jemand da sein, den es bitten kann.',
  },
}

const trouble: TroubleWords = {
  notARelay: 'Dort antwortet jemand, der kein Relay ist.',
  unreachable: {
    refused: 'Der Anruf wurde abgewiesen: An dieser Adresse nimmt gerade nichts Anrufe an.',
    noName: 'Der Name in dieser Adresse wurde nicht gefunden.',
    noWay: 'Aus diesem Netzwerk führt kein Weg dorthin.',
    certificate: 'Sein Zertifikat ist nicht gut, deshalb hat Sightline ihm nicht vertraut.',
    somebodyElse: 'An dieser Adresse antwortet jemand anderes.',
    brokeOff: 'Die Verbindung brach ab.',
    tooLate: 'Es kam nicht rechtzeitig etwas zurück.',
  },
}

/** Words of the Network page. */
export const network: SameShape<typeof english> = {
  title: 'Netzwerk',
  listLabel: 'Abschnitte des Netzwerks',
  sentence: reachSentence(reach),
  rest: reachBasis(reach),
  looking: 'Dein Netzwerk wird angesehen.',
  lost: 'Gerade nicht bekannt',
  lostRest: 'Wie dein Netzwerk aussah, hat das Sightline gesehen, das dieses Fenster verloren hat.',
  sections: {
    reachability: 'Erreichbarkeit',
    router: 'Router',
    relays: 'Relays',
    peers: 'Peers',
    attempts: 'Was versucht wurde',
    parts: 'Bausteine',
  },
  reachable: (self, report) =>
    report.reachability === 'public' ? 'Direkt' : (self?.reachableThrough.length ?? 0) > 0 ? 'Über Relay' : '',
  retry: 'Jetzt alles noch einmal versuchen',
  retryHint: 'Ruft alle Relays und Kontakte jetzt an, statt zum nächsten geplanten Zeitpunkt.',
  who: {
    direct: (howMany) => `${howMany} direkt`,
    relayed: (howMany) => `${howMany} über Relay`,
    none: (howMany) => `${howMany} ohne Verbindung`,
    unknown: (howMany) => `${howMany} noch nicht bekannt`,
  },
  address: 'Adresse',
  verdict: 'Urteil',
  evidenceTitle: 'Beleg',
  evidence: ({ kind, evidence: state }) => {
    if (state === 'failed') return { verdict: 'Nicht erreichbar', why: 'wurde angerufen, und nichts kam durch' }
    if (state === 'unverified') return { verdict: 'Noch nicht bekannt', why: 'noch hat sie niemand angerufen' }
    return kind === 'relayed'
      ? { verdict: 'Erreichbar', why: 'das Relay hält einen Platz dafür frei' }
      : { verdict: 'Erreichbar', why: 'ein anderer Peer hat sie angerufen und kam durch' }
  },
  addressKind: {
    lan: 'in diesem Netzwerk',
    public: 'im Internet',
    mapped: 'der Port, den dein Router geöffnet hat',
    observed: 'wie andere dich sehen',
    relayed: 'über ein Relay',
  },
  autonat: 'AutoNAT',
  autonatMeaning: 'Andere Peers rufen deine Adresse zurück und sagen, ob es ging.',
  reservation: 'Reservierung',
  reservationMeaning: 'Ein Relay hält einen Platz für dich frei und reicht Anrufe für dich weiter.',
  noAddresses: 'Noch ist keine Adresse bekannt.',
  asked: (time) => `gesehen um ${time}`,
  mapping: {
    'endpoint-independent':
      'Alle, mit denen du sprichst, sehen dich am selben Port. Deshalb lässt er sich anderen mitteilen.',
    'endpoint-dependent':
      'Dein Router benutzt für jedes Ziel einen anderen Port. Deshalb kann niemand vorher wissen, an welchem du zu erreichen bist.',
    unknown: 'Noch nicht bekannt, ob dein Router für alle denselben Port behält: Dazu braucht es zwei Relays.',
  },
  mappingTerm: {
    'endpoint-independent': {
      name: 'Endpoint-Independent Mapping',
      meaning: 'Ein innerer Port hat einen äußeren, egal mit wem gesprochen wird. Auch dort, wo es gar kein NAT gibt.',
    },
    'endpoint-dependent': {
      name: 'Endpoint-Dependent Mapping',
      meaning: 'Ein innerer Port hat für jedes Ziel einen anderen äußeren. Auch symmetrisches NAT genannt.',
    },
  },
  portMapping: {
    off: 'Ausgeschaltet. Sightline bittet deinen Router nicht um einen Port.',
    searching: 'Sucht einen Router, der Ports öffnet.',
    mapped: 'Dein Router hat einen Port für Sightline geöffnet und hält ihn offen, solange Sightline läuft.',
    failed:
      'Dein Router hat geantwortet und keinen Port geöffnet. Such in seinen Einstellungen nach UPnP und erlaube diesen Computer.',
    'no-gateway':
      'Kein Router hier antwortet auf UPnP. Entweder ist keiner dazwischen, oder UPnP ist in ihm ausgeschaltet.',
    'double-nat':
      'Dein Router hat einen Port geöffnet, steht aber selbst hinter einem anderen Router, oft einem deines Anbieters. Von außen kann niemand diesen Port benutzen.',
    unknown: 'Noch nicht bekannt.',
  },
  portMappingShort: {
    off: 'Aus',
    searching: 'Sucht',
    mapped: 'Port offen',
    failed: 'Abgelehnt',
    'no-gateway': 'Keine Antwort',
    'double-nat': 'Zwei Router',
    unknown: '',
  },
  upnp: 'UPnP',
  upnpMeaning: 'Ein Weg, einen Router um einen offenen Port zu bitten.',
  noRelays:
    'Du kennst kein Relay. Nimm eines aus einem Link, den du bekommen hast, oder gib eine Adresse ein: Dann erreichen dich andere, wo immer sie sind.',
  addRelay: 'Relay hinzufügen',
  relayAddress: 'Adresse des Relays',
  relayAddressHint:
    'So, wie die Person sie dir gab, die es betreibt: Sie beginnt mit /ip4, /ip6 oder /dns und endet mit /p2p und seinem Schlüssel.',
  remove: 'Entfernen',
  removeOf: (name) => `${name} entfernen`,
  relayState: {
    reserved: 'Hält einen Platz für dich frei',
    connecting: 'Wird um einen Platz gebeten',
    spare: 'In Reserve: andere halten Plätze für dich frei',
    refused: 'Hat abgelehnt',
    unreachable: 'Antwortet nicht',
  },
  relayRefusal,
  relayTrouble: relayTroubleSentence(trouble, failures.plain),
  exactTerm,
  relaySource: {
    entered: 'Von dir eingegeben',
    invite: 'Aus einem Link',
    contact: 'Von einem Kontakt',
    packaged: 'Kam mit Sightline',
  },
  relayLimit: ({ limitBytes, limitSeconds }) => {
    const parts = [
      ...(limitBytes === undefined ? [] : [size(limitBytes)]),
      ...(limitSeconds === undefined ? [] : [duration(limitSeconds * 1_000)]),
    ]
    return parts.length === 0 ? 'keine Grenze angegeben' : `${parts.join(' oder ')}, dann eine neue`
  },
  relayStateTitle: 'Zustand',
  placeFor: 'Platz noch für',
  perLine: 'Eine Verbindung trägt',
  roundTrip: 'Hin und zurück',
  again: (time) => `versucht es um ${time} wieder`,
  againNow: 'versucht es jetzt wieder',
  sees: 'Solange es einen Platz für dich freihält, sieht es, dass du online bist, mit wem du über es sprichst, wann und wie viel. Lesen kann es das nicht.',
  placesOf: (kept, known) => `${kept} von ${known}`,
  peersNote: (howMany) => count(howMany, 'Verbindung', 'Verbindungen'),
  noPeers: 'Gerade keine Verbindung.',
  columns: {
    line: 'Verbindung',
    who: 'Wer',
    purpose: 'Wofür',
    path: 'Weg',
    transport: 'Transport',
    streams: 'Streams',
    trip: 'Hin und zurück',
    history: 'Die letzten Laufzeiten',
    since: 'Seit',
  },
  purpose: {
    contact: 'Kontakt',
    relay: 'Relay',
    nearby: 'in diesem Netzwerk',
    infrastructure: 'Infrastruktur',
  },
  aRelay: (key) => `Relay ${key}`,
  through: (relay) => `über ${relay}`,
  direct: 'direkt',
  lan: 'dieses Netzwerk',
  partsIntro: 'Diese Bausteine können auf diesem Computer nicht laufen. Alles andere geht ohne sie.',
  parts: { quic: 'QUIC', webrtc: 'WebRTC' },
  loopDelay: (time) => `Sightline hat in der letzten Minute in höchstens ${time} geantwortet (99 von 100 Malen).`,
}
