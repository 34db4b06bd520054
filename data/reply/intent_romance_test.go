package reply

import (
	"strings"
	"testing"
)

// Messages of French and Italian buyers, as they are typed on a phone, with what
// they want first.
const wishesFrenchItalian = `
where_is_it|Bonjour, je voulais savoir où en était ma commande svp
where_is_it|Le suivi est bloqué depuis une semaine
where_is_it|Vous comptez expédier quand ?
where_is_it|Mon colis devait arriver hier, vous savez où il est ?
not_received|Je n'ai toujours rien reçu
not_received|Le paquet n'est jamais venu
delivered_not_received|La poste dit que c'est livré mais il n'y a rien dans ma boîte aux lettres
delivered_not_received|Statut livré alors que j'ai rien eu
damaged|Le verre est arrivé en mille morceaux
damaged|La boîte était défoncée et la lampe est fêlée
wrong_item|J'ai commandé le bleu et j'ai reçu le noir
wrong_item|Vous m'avez envoyé le mauvais modèle
missing|Il n'y a que 3 tasses sur 4 dans le carton
missing|Les vis ne sont pas dans la boîte
not_working|La lampe ne s'éclaire plus
not_working|Il s'éteint tout seul au bout de 5 min
quality|Les coutures lâchent déjà, c'est de la camelote
not_as_described|La couleur n'a rien à voir avec la photo
size|Elles sont trop petites, je fais du 41
exchange|Est-ce que je peux l'échanger contre une taille M ?
return|Comment je fais pour vous le renvoyer ?
refund_status|Je n'ai pas encore vu le remboursement sur mon compte
cancel|Est-il possible d'annuler ma commande svp
change_mind|Finalement je n'en ai plus besoin
address|Je me suis trompée de numéro de rue
duty|Le facteur me demande 24 euros de taxes
discount|Vous faites un prix si j'en prends trois ?
stock|Le rouge va-t-il revenir ?
price|C'est combien le lot de six ?
shipping_question|Vous livrez en Corse ?
usage|Je n'arrive pas à l'appairer avec mon téléphone
invoice|Pouvez-vous m'envoyer une facture au nom de ma société
payment|On m'a débité deux fois
warranty|Il est garanti combien de temps ?
repair|Vous vendez la pièce détachée pour le moteur ?
counterfeit|C'est une copie, pas un vrai
case|Si pas de réponse demain j'ouvre un litige
no_answer|Ça fait trois fois que je vous écris
complaint|C'est vraiment du foutage de gueule
stop|Merci d'arrêter de m'envoyer des pubs
thanks|Bien reçu, c'est nickel merci
damaged|Comme on voit sur la photo, le pied est cassé
not_working|Il est complètement HS
where_is_it|Buongiorno, volevo sapere a che punto è il mio ordine
where_is_it|Il tracking è fermo da una settimana
where_is_it|Quando pensate di spedire?
where_is_it|Il pacco doveva arrivare ieri, sapete dov'è?
not_received|Non mi è ancora arrivato niente
not_received|Il pacco non è mai arrivato
delivered_not_received|Le poste dicono consegnato ma nella cassetta non c'è nulla
delivered_not_received|Risulta consegnato ma io non ho ricevuto niente
damaged|Il bicchiere è arrivato in mille pezzi
damaged|La scatola era sfondata e la lampada è crepata
wrong_item|Ho ordinato quello blu e mi è arrivato quello nero
wrong_item|Mi avete mandato il modello sbagliato
missing|Nella scatola ci sono solo 3 tazze su 4
missing|Le viti non ci sono nella confezione
not_working|La lampada non fa più luce
not_working|Si spegne da solo dopo 5 minuti
quality|Le cuciture cedono già, è una schifezza
not_as_described|Il colore non c'entra niente con la foto
size|Sono troppo piccole, porto il 41
exchange|Posso cambiarlo con una taglia M?
return|Come faccio a rimandarvelo?
refund_status|Non ho ancora visto il rimborso sul conto
cancel|È possibile annullare il mio ordine per favore
change_mind|Alla fine non mi serve più
address|Ho sbagliato il numero civico
duty|Il postino mi chiede 24 euro di tasse
discount|Mi fate un prezzo se ne prendo tre?
stock|Quello rosso tornerà disponibile?
price|Quanto viene il set da sei?
shipping_question|Spedite anche in Sardegna?
usage|Non riesco ad abbinarlo al telefono
invoice|Potete mandarmi la fattura intestata alla mia ditta
payment|Mi avete addebitato l'importo due volte
warranty|Quanto dura la garanzia?
repair|Vendete il pezzo di ricambio del motore?
counterfeit|È una copia, non quello vero
case|Se non rispondete domani apro una controversia
no_answer|È la terza volta che vi scrivo
complaint|È una presa in giro
stop|Smettetela di mandarmi pubblicità
thanks|Arrivato tutto, perfetto grazie
damaged|Come si vede nella foto il vetro è rotto
not_working|Ha un difetto, non carica
`

func TestIntentsInFrenchAndItalian(t *testing.T) {
	for line := range strings.SplitSeq(strings.TrimSpace(wishesFrenchItalian), "\n") {
		want, text, _ := strings.Cut(line, "|")
		found := IntentsOf(text)
		if len(found) == 0 || found[0].ID != want {
			t.Errorf("%q wants %s; found %v", text, want, found)
		}
	}
	for _, text := range []string{"Bonjour", "D'accord", "Bonsoir, oui", "Buongiorno", "Va bene", "Ok, sì"} {
		if found := IntentsOf(text); len(found) > 0 {
			t.Errorf("%q wants %v", text, found)
		}
	}
}
