PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT { id:copy a unp:Membership, unp:Statement ; rdfs:label "The same again"@en ; unp:statedIn <https://w3id.org/unpact/source/lasting-partnership/2.4.1> ; org:member ?v0 ; org:organization ?v1 }
WHERE { SELECT * WHERE { ?thing a unp:Membership ; org:member ?v0 ; org:organization ?v1 } ORDER BY ?thing LIMIT 1 }
