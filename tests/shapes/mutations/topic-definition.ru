PREFIX topic: <https://w3id.org/unpact/topic/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE WHERE { topic:cybercrime skos:definition ?text }
