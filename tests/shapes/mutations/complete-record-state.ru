PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
DELETE WHERE { id:complete-record-untc-tip-protocol unp:coversState ?state }
