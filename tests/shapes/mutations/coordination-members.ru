PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { ?membership org:organization ?thing }
INSERT { ?membership org:organization id:untoc-working-groups . ?thing rdfs:comment "Without members."@en }
WHERE { ?thing a unp:CoordinationFramework . ?membership org:organization ?thing }
