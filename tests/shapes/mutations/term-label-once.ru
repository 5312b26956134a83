PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { unp:Statute rdfs:label ?text }
INSERT { unp:Statute rdfs:label ?other }
WHERE { unp:Statute rdfs:label ?text . unp:Treaty rdfs:label ?other }
