import type { failures as english } from '../english/failures.ts'
import type { SameShape } from '../same-shape.ts'

/** Why something did not work. */
export const failures: SameShape<typeof english> = {
  plain: {
    locked: 'Dieses Profil ist gesperrt. Entsperre es zuerst.',
    'already-open': 'Dieses Profil ist schon geöffnet.',
    'wrong-passphrase':
      'Diese Passphrase öffnet dieses Profil nicht. Achte auf Groß- und Kleinschreibung und versuch es noch einmal.',
    'profile-in-use':
      'Dieses Profil ist in einem anderen Sightline geöffnet. Nimm jenes Fenster, oder beende es und versuch es noch einmal.',
    'profile-damaged':
      'Die Datenbank dieses Profils lässt sich nicht lesen. Sightline hat sie deshalb nicht angerührt.',
    'profile-newer':
      'Dieses Profil stammt von einem neueren Sightline. Aktualisiere dieses hier, um das Profil zu öffnen.',
    'keyring-changed':
      'Der Schlüsselbund deines Systems öffnet dieses Profil nicht mehr: Er wurde neu angelegt, oder das Profil stammt von einem anderen Computer oder Benutzerkonto. Hol den alten Schlüsselbund zurück, oder öffne das Profil dort, wo es angelegt wurde.',
    'keyring-unavailable':
      'Der Schlüsselbund deines Systems antwortet nicht. Entsperre ihn und versuch es noch einmal. Hilft das nicht, beende Sightline und starte es neu.',
    'profile-unwritable':
      'Sightline darf nicht in den Ordner dieses Profils schreiben. Gib deinem Benutzer das Recht dazu und starte dann neu.',
    'disk-full':
      'Der Datenträger ist voll, es lässt sich nichts mehr speichern. Mach mindestens 20 MB frei und versuch es noch einmal.',
    'invalid-input': 'Sightline kann das nicht lesen. Sieh es durch und versuch es noch einmal.',
    empty: 'Hier steht noch nichts. Schreib zuerst etwas.',
    'not-found': 'Das gibt es hier nicht mehr. Vielleicht wurde es inzwischen entfernt.',
    'invite-newer': 'Dieser Link stammt von einem neueren Sightline. Aktualisiere dieses hier, um ihn zu lesen.',
    'invite-own': 'Das ist dein eigener Link. Schick ihn einem Freund, und füge hier seinen ein.',
    'invite-withdrawn':
      'Dieser Link wurde von der Person zurückgezogen, die ihn erstellt hat. Lass dir einen neuen geben.',
    'already-contact': 'Diese Person ist schon unter deinen Kontakten.',
    blocked: 'Du hast diese Person blockiert. Heb das zuerst auf, unter „Personen“.',
    'address-invalid':
      'Diese Adresse kennt Sightline nicht. Sie muss mit /ip4, /ip6 oder /dns beginnen und mit einer Peer-ID enden.',
    'address-refused':
      'Sightline ruft diese Adresse nicht an: Sie führt in ein privates Netz oder zu niemand Bestimmtem.',
    unreachable: 'Dort hat niemand geantwortet. Sightline versucht es von selbst wieder.',
    'relay-full': 'Dieses Relay hat keinen freien Platz. Versuch es später, oder füge ein anderes Relay hinzu.',
    'relay-refused':
      'Dieses Relay hat abgelehnt. Vielleicht ist es nur für seine eigenen Mitglieder da; frag die Person, die es betreibt.',
    'port-taken': 'Ein anderes Programm benutzt diesen Port. Beende es, oder starte Sightline mit einem anderen Port.',
    'too-many': 'Das kam zu oft in kurzer Zeit. Warte eine Minute und versuch es noch einmal.',
    disconnected:
      'Dieses Fenster hat Sightline verloren. Es verbindet sich von selbst wieder; versuch es dann noch einmal.',
  },
  noKey: {
    keyring:
      'Dieses Profil ist mit dem Schlüsselbund deines Systems gesperrt: Öffne es in der Desktop-App, oder wähl dort eine Passphrase, um es auch im Browser zu öffnen.',
    other:
      'Kein Schlüssel auf diesem Computer öffnet dieses Profil: Seine Schlüsseldatei fehlt oder wurde woanders angelegt. Leg keys.json wieder neben die Datenbank.',
  },
  tooLong: {
    most: (most) => `Das ist zu lang. Erlaubt sind höchstens ${most}.`,
    shorten: 'Das ist zu lang. Kürze es und versuch es noch einmal.',
    characters: (howMany) => `${howMany} Zeichen`,
  },
  notAllowed: {
    noPassphrase:
      'Dieses Profil hat keine Passphrase, Sperren hielte also niemanden ab. Wähl zuerst eine unter „Name und Schlüssel“.',
    profileExists: 'Hier gibt es schon ein Profil. Öffne es, oder starte mit einem anderen Namen.',
    relayOfContact: 'Dieses Relay gehört zu einem Kontakt und geht mit ihm. Entferne den Kontakt, um es zu entfernen.',
    other: 'Das geht hier nicht.',
  },
  inviteDamaged: {
    noLink:
      'Das ist kein Link von Sightline: Ein solcher beginnt mit sightline://add/. Füge den ganzen Link ein, den dir jemand geschickt hat.',
    other: 'Dieser Link ist beschädigt oder abgeschnitten. Lass ihn dir noch einmal geben, oder den QR-Code.',
  },
  internal: 'In Sightline ist etwas schiefgegangen, und nichts wurde geändert.',
  incident: (incident) =>
    `In Sightline ist etwas schiefgegangen, und nichts wurde geändert. Im Protokoll heißt es ${incident}.`,
}
