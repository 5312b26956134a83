PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { id:china-signature-un-convention-against-cybercrime unp:date ?date }
INSERT { id:china-signature-un-convention-against-cybercrime unp:date "2025-09"^^xsd:gYearMonth }
WHERE { id:china-signature-un-convention-against-cybercrime unp:date ?date }
