"""Cities where companies have offices, by time zone. Other spellings stand in parentheses."""

from types import MappingProxyType

CITIES = MappingProxyType(
    {
        "America/New_York": (
            "New York (NYC, NY, New York City, Manhattan, Brooklyn, JFK, LGA), Boston (BOS), "
            "Cambridge MA, Washington (Washington DC, DC, WAS, IAD),"
            "Philadelphia (PHL, Philly), Atlanta (ATL), Miami (MIA), Charlotte (CLT), Raleigh "
            "(RDU, Durham), Pittsburgh (PIT), Orlando (MCO),"
            "Tampa (TPA), Jacksonville, Baltimore (BWI), Columbus (CMH), Cleveland (CLE), "
            "Cincinnati (CVG), Buffalo, Hartford, Newark (EWR),"
            "Jersey City, Stamford, Princeton, Richmond, Reston, Arlington, McLean, Fort "
            "Lauderdale, Rochester, Wilmington, Providence, White Plains"
        ),
        "America/Detroit": "Detroit (DTW), Ann Arbor, Grand Rapids",
        "America/Indiana/Indianapolis": "Indianapolis (IND)",
        "America/Kentucky/Louisville": "Louisville (SDF)",
        "America/Chicago": (
            "Chicago (CHI, ORD), Dallas (DFW, Plano, Irving, Frisco), Houston (HOU, IAH), Austin "
            "(AUS, ATX), San Antonio, Fort Worth,"
            "Minneapolis (MSP, Saint Paul), Milwaukee (MKE), Saint Louis (St Louis, STL), Kansas "
            "City (MCI), Nashville (BNA), Memphis (MEM),"
            "New Orleans (MSY), Omaha, Madison, Oklahoma City, Tulsa, Des Moines, Bentonville, "
            "Birmingham AL"
        ),
        "America/Denver": (
            "Denver (DEN), Boulder, Salt Lake City (SLC), Albuquerque, Colorado Springs, Fort "
            "Collins, Provo, Lehi"
        ),
        "America/Boise": "Boise",
        "America/Phoenix": "Phoenix (PHX), Scottsdale, Tempe, Tucson",
        "America/Los_Angeles": (
            "San Francisco (SF, SFO, San Fran, Bay Area), San Jose (SJC, SJ), Los Angeles (LA, "
            "LAX), Seattle (SEA), San Diego (SAN), Portland (PDX),"
            "Oakland, Palo Alto, Mountain View, Menlo Park, Sunnyvale, Santa Clara, Cupertino, "
            "Redwood City, San Mateo, Irvine, Santa Monica,"
            "Sacramento, Las Vegas (LAS), Bellevue, Redmond, Silicon Valley, Burbank, "
            "Pleasanton, Fremont"
        ),
        "America/Anchorage": "Anchorage",
        "Pacific/Honolulu": "Honolulu (HNL)",
        "America/Toronto": (
            "Toronto (YYZ, YTO), Ottawa (YOW), Montreal (YUL, YMQ), Waterloo, Mississauga, "
            "Quebec (Quebec City), Markham, Kitchener"
        ),
        "America/Winnipeg": "Winnipeg",
        "America/Edmonton": "Calgary (YYC), Edmonton",
        "America/Vancouver": "Vancouver (YVR), Victoria BC, Burnaby",
        "America/Halifax": "Halifax",
        "America/Mexico_City": (
            "Mexico City (Ciudad de Mexico, CDMX, MEX, Mexico DF), Guadalajara (GDL), Queretaro, "
            "Puebla"
        ),
        "America/Monterrey": "Monterrey (MTY)",
        "America/Tijuana": "Tijuana",
        "America/Guatemala": "Guatemala City (Guatemala)",
        "America/Costa_Rica": "San Jose Costa Rica (San Jose CR, SJO), Heredia",
        "America/Panama": "Panama City (Panama)",
        "America/Puerto_Rico": "San Juan (SJU)",
        "America/Santo_Domingo": "Santo Domingo",
        "America/Jamaica": "Kingston",
        "America/Bogota": "Bogota (BOG), Medellin, Cali",
        "America/Guayaquil": "Quito, Guayaquil",
        "America/Lima": "Lima",
        "America/Caracas": "Caracas",
        "America/La_Paz": "La Paz, Santa Cruz de la Sierra",
        "America/Santiago": "Santiago (Santiago de Chile, SCL)",
        "America/Argentina/Buenos_Aires": "Buenos Aires (BUE, EZE)",
        "America/Argentina/Cordoba": "Cordoba Argentina",
        "America/Montevideo": "Montevideo",
        "America/Asuncion": "Asuncion",
        "America/Sao_Paulo": (
            "Sao Paulo (SAO, GRU, Sampa), Rio de Janeiro (Rio, GIG), Brasilia, Belo Horizonte, "
            "Curitiba, Porto Alegre, Campinas, Florianopolis"
        ),
        "America/Recife": "Recife",
        "Europe/London": (
            "London (LON, LHR, LDN, Canary Wharf), Manchester (MAN), Birmingham (BHX), Edinburgh "
            "(EDI), Glasgow (GLA), Leeds, Bristol, Liverpool,"
            "Reading, Cambridge, Oxford, Belfast (BFS), Cardiff, Newcastle, Sheffield, "
            "Nottingham, Southampton, Aberdeen, Milton Keynes, Slough"
        ),
        "Europe/Dublin": "Dublin (DUB), Cork, Galway, Limerick",
        "Europe/Lisbon": "Lisbon (Lisboa, LIS), Porto (OPO), Braga",
        "Europe/Madrid": (
            "Madrid (MAD), Barcelona (BCN), Valencia, Seville (Sevilla), Bilbao, Malaga (AGP), "
            "Zaragoza"
        ),
        "Europe/Paris": (
            "Paris (PAR, CDG, La Defense), Lyon (LYS), Marseille, Toulouse (TLS), Lille, Nantes, "
            "Bordeaux, Nice, Strasbourg, Grenoble, Sophia Antipolis, Rennes"
        ),
        "Europe/Monaco": "Monaco",
        "Europe/Brussels": (
            "Brussels (Bruxelles, Brussel, BRU), Antwerp (Antwerpen), Ghent (Gent), Leuven"
        ),
        "Europe/Luxembourg": "Luxembourg (Luxemburg, LUX)",
        "Europe/Amsterdam": "Amsterdam (AMS), Rotterdam, The Hague (Den Haag), Utrecht, Eindhoven",
        "Europe/Berlin": (
            "Berlin (BER), Munich (Munchen, Muenchen, MUC), Frankfurt (FRA, Frankfurt am Main), "
            "Hamburg (HAM), Cologne (Koln, Koeln, CGN),"
            "Dusseldorf (Duesseldorf, DUS), Stuttgart (STR), Leipzig, Dresden, Nuremberg "
            "(Nurnberg, Nuernberg), Hannover (Hanover), Bonn, Essen,"
            "Dortmund, Bremen, Mannheim, Karlsruhe, Walldorf, Wolfsburg, Ingolstadt, Erlangen, "
            "Mainz, Wiesbaden, Freiburg, Darmstadt, Aachen, Potsdam"
        ),
        "Europe/Zurich": (
            "Zurich (Zuerich, ZRH), Geneva (Geneve, Genf, GVA), Basel (BSL, Basle), Bern "
            "(Berne), Lausanne, Zug, Lugano"
        ),
        "Europe/Vienna": "Vienna (Wien, VIE), Graz, Linz, Salzburg, Innsbruck",
        "Europe/Rome": (
            "Rome (Roma, FCO), Milan (Milano, MIL, MXP, Mailand), Turin (Torino), Bologna, "
            "Florence (Firenze), Naples (Napoli), Genoa (Genova)"
        ),
        "Europe/Malta": "Valletta (Malta), Sliema",
        "Europe/Copenhagen": "Copenhagen (Kobenhavn, Kopenhagen, CPH), Aarhus, Odense",
        "Europe/Oslo": "Oslo (OSL), Bergen, Stavanger, Trondheim",
        "Europe/Stockholm": (
            "Stockholm (STO, ARN), Gothenburg (Goteborg, GOT), Malmo, Lund, Uppsala, Linkoping"
        ),
        "Europe/Helsinki": "Helsinki (HEL, Espoo), Tampere, Oulu, Turku",
        "Atlantic/Reykjavik": "Reykjavik",
        "Europe/Tallinn": "Tallinn, Tartu",
        "Europe/Riga": "Riga",
        "Europe/Vilnius": "Vilnius, Kaunas",
        "Europe/Warsaw": (
            "Warsaw (Warszawa, Warschau, WAW), Krakow (Cracow, Krakau, KRK), Wroclaw (WRO, "
            "Breslau), Gdansk (Danzig), Poznan, Lodz, Katowice"
        ),
        "Europe/Prague": "Prague (Praha, Prag, PRG), Brno, Ostrava",
        "Europe/Bratislava": "Bratislava, Kosice",
        "Europe/Budapest": "Budapest (BUD), Debrecen",
        "Europe/Ljubljana": "Ljubljana",
        "Europe/Zagreb": "Zagreb",
        "Europe/Belgrade": "Belgrade (Beograd), Novi Sad",
        "Europe/Sarajevo": "Sarajevo",
        "Europe/Skopje": "Skopje",
        "Europe/Tirane": "Tirana",
        "Europe/Bucharest": (
            "Bucharest (Bucuresti, Bukarest, OTP), Cluj (Cluj Napoca), Iasi, Timisoara"
        ),
        "Europe/Chisinau": "Chisinau",
        "Europe/Sofia": "Sofia (SOF), Plovdiv, Varna",
        "Europe/Athens": "Athens (Athina, ATH), Thessaloniki",
        "Asia/Nicosia": "Nicosia, Limassol",
        "Europe/Kyiv": "Kyiv (Kiev), Lviv, Kharkiv, Odesa (Odessa)",
        "Europe/Moscow": "Moscow (Moskva, Moskau, MOW), Saint Petersburg (St Petersburg)",
        "Europe/Istanbul": "Istanbul (IST), Ankara, Izmir",
        "Asia/Tbilisi": "Tbilisi",
        "Asia/Yerevan": "Yerevan",
        "Asia/Baku": "Baku",
        "Asia/Dubai": "Dubai (DXB), Abu Dhabi (AUH), Sharjah",
        "Asia/Riyadh": "Riyadh (RUH), Jeddah (JED), Dammam, Khobar (Al Khobar)",
        "Asia/Qatar": "Doha (DOH)",
        "Asia/Kuwait": "Kuwait City (Kuwait)",
        "Asia/Bahrain": "Manama (Bahrain)",
        "Asia/Muscat": "Muscat",
        "Asia/Jerusalem": "Tel Aviv (TLV, Tel Aviv Yafo), Jerusalem, Haifa, Herzliya, Raanana",
        "Asia/Amman": "Amman",
        "Asia/Beirut": "Beirut",
        "Asia/Baghdad": "Baghdad, Erbil",
        "Africa/Cairo": "Cairo (CAI), Alexandria",
        "Africa/Casablanca": "Casablanca (CMN), Rabat",
        "Africa/Algiers": "Algiers",
        "Africa/Tunis": "Tunis",
        "Africa/Lagos": "Lagos (LOS), Abuja",
        "Africa/Accra": "Accra",
        "Africa/Dakar": "Dakar",
        "Africa/Abidjan": "Abidjan",
        "Africa/Nairobi": "Nairobi (NBO)",
        "Africa/Addis_Ababa": "Addis Ababa",
        "Africa/Kampala": "Kampala",
        "Africa/Kigali": "Kigali",
        "Africa/Dar_es_Salaam": "Dar es Salaam",
        "Africa/Johannesburg": (
            "Johannesburg (JNB, Joburg, Sandton), Cape Town (CPT), Durban, Pretoria"
        ),
        "Africa/Lusaka": "Lusaka",
        "Africa/Luanda": "Luanda",
        "Africa/Maputo": "Maputo",
        "Indian/Mauritius": "Port Louis, Ebene",
        "Asia/Karachi": "Karachi (KHI), Lahore, Islamabad",
        "Asia/Kolkata": (
            "Bangalore (Bengaluru, BLR), Mumbai (Bombay, BOM), Delhi (New Delhi, DEL, Noida, "
            "Gurgaon, Gurugram, NCR), Hyderabad (HYD), Chennai (Madras, MAA),"
            "Pune (PNQ), Kolkata (Calcutta, CCU), Ahmedabad, Kochi (Cochin), Jaipur, Coimbatore, "
            "Thiruvananthapuram (Trivandrum), Chandigarh"
        ),
        "Asia/Colombo": "Colombo",
        "Asia/Dhaka": "Dhaka",
        "Asia/Kathmandu": "Kathmandu",
        "Asia/Tashkent": "Tashkent",
        "Asia/Almaty": "Almaty, Astana",
        "Asia/Bangkok": "Bangkok (BKK)",
        "Asia/Ho_Chi_Minh": (
            "Ho Chi Minh City (Saigon, HCMC, SGN, Ho Chi Minh), Hanoi (HAN), Da Nang"
        ),
        "Asia/Phnom_Penh": "Phnom Penh",
        "Asia/Yangon": "Yangon",
        "Asia/Kuala_Lumpur": "Kuala Lumpur (KL, KUL, Petaling Jaya, Cyberjaya), Penang",
        "Asia/Singapore": "Singapore (SIN, SG, SGP)",
        "Asia/Jakarta": "Jakarta (JKT, CGK), Bandung, Surabaya",
        "Asia/Manila": "Manila (MNL, Makati, Taguig, Metro Manila), Cebu, Quezon City",
        "Asia/Hong_Kong": "Hong Kong (HK, HKG, Kowloon)",
        "Asia/Macau": "Macau (Macao)",
        "Asia/Taipei": "Taipei (TPE), Hsinchu, Kaohsiung",
        "Asia/Shanghai": (
            "Shanghai (SHA, PVG), Beijing (Peking, PEK, BJS), Shenzhen (SZX), Guangzhou (CAN, "
            "Canton), Chengdu, Hangzhou, Suzhou, Nanjing, Wuhan, Tianjin,"
            "Dalian, Xian, Chongqing, Qingdao"
        ),
        "Asia/Seoul": "Seoul (SEL, ICN, Pangyo), Busan, Incheon",
        "Asia/Tokyo": (
            "Tokyo (TYO, HND, NRT), Osaka (KIX), Nagoya, Yokohama, Fukuoka, Kyoto, Sapporo, Kobe"
        ),
        "Australia/Sydney": "Sydney (SYD), Canberra, Newcastle NSW, Parramatta",
        "Australia/Melbourne": "Melbourne (MEL)",
        "Australia/Brisbane": "Brisbane (BNE), Gold Coast",
        "Australia/Perth": "Perth (PER)",
        "Australia/Adelaide": "Adelaide (ADL)",
        "Pacific/Auckland": "Auckland (AKL), Wellington (WLG), Christchurch",
        "Pacific/Fiji": "Suva",
    }
)
MIDDLE_EAST = frozenset(
    [
        "Dubai",
        "Riyadh",
        "Qatar",
        "Kuwait",
        "Bahrain",
        "Muscat",
        "Jerusalem",
        "Amman",
        "Beirut",
        "Baghdad",
    ]
)
EUROPE = frozenset(["Nicosia", "Tbilisi", "Yerevan", "Baku", "Reykjavik"])
REGIONS = MappingProxyType(
    {
        "America": "Americas",
        "Europe": "Europe",
        "Africa": "Africa",
        "Asia": "Asia Pacific",
        "Australia": "Asia Pacific",
        "Pacific": "Asia Pacific",
    }
)


def region_of(zone: str) -> str:
    """The region of the world in which a time zone of the table lies."""
    area, _, rest = zone.partition("/")
    if rest in MIDDLE_EAST:
        return "Middle East"
    if rest in EUROPE:
        return "Europe"
    if zone in ("Pacific/Honolulu", "Indian/Mauritius"):
        return "Americas" if rest == "Honolulu" else "Africa"
    return REGIONS.get(area, "")
