PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:slovakia-succession-psychotropics-convention-1971 unp:treaty ?treaty }
INSERT { id:slovakia-succession-psychotropics-convention-1971 unp:treaty id:untoc }
WHERE { id:slovakia-succession-psychotropics-convention-1971 unp:treaty ?treaty }
