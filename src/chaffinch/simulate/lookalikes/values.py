"""What fills the slots of look-alikes: subjects of talk, posts, places, days, kinds of firms."""

THOUSANDS = {"en": ",", "de": ".", "fr": " ", "es": "."}

PLACES = (
    "Oberlinden", "Harbourgate", "Port Merrow", "Granite Falls", "Ashdown", "Nordholm", "Skarvik",
    "Montesclaro", "Saint-Aubrac", "Kirchfeld", "Wexcombe", "Valdemar", "Lindow", "Terrel",
    "Brackwater", "Osterby",
)  # fmt: skip

# those in German look the same as subject and as object
TOPICS = {
    "en": (
        "the lens mounts", "the survey contract", "the pump housing", "the spare parts",
        "the summer shift plan", "the budget", "the calibration report", "the new cleaning rounds",
        "the export licence", "the test bench", "the warehouse lease", "the coating trial",
        "the service agreement", "the insurance claim", "the training days", "the sensor batch",
        "the harbour project", "the annual stocktaking", "the fire doors", "the tender papers",
        "the price review", "the crane inspection", "the packaging order", "the data sheets",
        "the delivery dates", "the van fleet", "the trade fair stand", "the glass samples",
    ),
    "de": (
        "die Linsenfassungen", "die Wartung", "die Ersatzteile", "die Schichtpläne",
        "das Budget", "die Messprotokolle", "die Ausfuhrgenehmigung", "das Prüffeld",
        "die Lagermiete", "das Hafenprojekt", "die Inventur", "die Messetafeln",
    ),
    "fr": (
        "les montures", "le contrat d'entretien", "les pièces de rechange", "le planning",
        "le budget", "le rapport de mesure", "la licence d'exportation", "le banc d'essai",
        "le bail de l'entrepôt", "le projet du port", "l'inventaire", "le stand du salon",
    ),
    "es": (
        "las monturas", "el contrato de servicio", "las piezas de repuesto", "los turnos",
        "el presupuesto", "el informe de medición", "la licencia de exportación",
        "el banco de pruebas", "el alquiler del almacén", "el proyecto del puerto",
        "el inventario", "el puesto de la feria",
    ),
}  # fmt: skip

POSTS = {
    "en": (
        "project engineer", "warehouse planner", "software engineer", "quality engineer",
        "account manager", "purchasing officer", "optics technician", "payroll clerk",
    ),
    "de": ("Projektingenieur", "Lagerplaner", "Buchhalter", "Einkäufer", "Feinoptiker"),
    "fr": ("ingénieur de projet", "logisticien", "comptable", "acheteur", "opticien"),
    "es": ("ingeniero de proyectos", "planificador", "contable", "comprador", "óptico"),
}  # fmt: skip

FIRMS = (
    "Fine Mechanics", "Apparatus", "Marine Survey", "Cold Stores", "Bridge Works", "Turbines",
    "Veterinary Supplies", "Greenhouses", "Stage Lighting", "Scaffolding", "Water Gauges",
    "Radio Masts", "Bakery Machines", "Cable Cars", "Seed Sorting", "Vineyard Tools",
)  # fmt: skip
