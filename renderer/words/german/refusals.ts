import type { refusals as english } from '../english/refusals.ts'
import type { SameShape } from '../same-shape.ts'

/** Words of a conversation that goes no further. Each reason speaks of a message, so that “sie” always fits. */
export const refusals: SameShape<typeof english> = {
  because: {
    'not-readable': 'weil sie sich nicht lesen lässt.',
    'too-long': 'weil sie länger ist, als eine Nachricht sein darf.',
    'other-log': 'weil sie zu einer anderen Unterhaltung oder einem anderen Gerät gehört.',
    'not-a-member': 'weil sie von jemandem stammt, der nicht an dieser Unterhaltung teilnimmt.',
    'bad-seq': 'weil ihre Nummer nicht auf die der vorigen Nachricht folgt.',
    'bad-previous': 'weil sie nicht an die vorige Nachricht anschließt.',
    'bad-lamport': 'weil ihr Platz in der Reihenfolge der Nachrichten unmöglich ist.',
    'wrong-signature': 'weil ihre Signatur falsch ist und niemand sagen kann, wer sie geschrieben hat.',
    other: 'weil sie gegen eine Regel verstößt, die diese Version von Sightline nicht kennt.',
  },
  happened: {
    hereMine: (name, why) =>
      `Von ${name} kam eine Nachricht in deinem Namen, die nicht angenommen wurde, ${why} Was du hier geschrieben hast, ist unberührt.`,
    hereTheirs: (name, why) =>
      `Eine Nachricht von ${name} wurde nicht angenommen, ${why} Neueres von jenem Gerät wird nicht gezeigt.`,
    thereMine: (name, why) =>
      `Bei ${name} nimmt Sightline eine Nachricht von dir nicht an, ${why} Sie und alles, was du danach schreibst, wartet hier.`,
    thereTheirs: (name, why) =>
      `Bei ${name} nimmt Sightline eine Nachricht nicht an, die ${name} auf einem anderen Gerät geschrieben hat, ${why}`,
  },
  help: {
    update: (name) => `Sag es ${name} auf anderem Weg, und aktualisiert Sightline auf beiden Seiten.`,
    compare: (name) => `Frag ${name} auf anderem Weg, was geschehen ist, und vergleicht eure Sicherheitsnummern.`,
    onePlaceMine: 'Benutze dein Profil nur an einem Ort: Vielleicht läuft anderswo eine Kopie davon.',
    onePlaceTheirs: (name) =>
      `Bitte ${name}, jenes Profil nur an einem Ort zu benutzen: Vielleicht läuft anderswo eine Kopie davon.`,
  },
}
