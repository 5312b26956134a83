PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE { id:slovakia unp:iso2 ?two ; unp:iso3 ?three ; unp:m49 ?number }
WHERE { id:slovakia unp:iso2 ?two ; unp:iso3 ?three ; unp:m49 ?number }
