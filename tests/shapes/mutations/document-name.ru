PREFIX id: <https://w3id.org/unpact/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { id:counter-terrorism-resolutions rdfs:label ?label }
WHERE { id:counter-terrorism-resolutions rdfs:label ?label }
