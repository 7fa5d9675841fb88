"""
Other words for those of the vocabularies: English, and the languages of the region.

Compared after folding (`folding.folded`), so one spelling serves for both alphabets of a language where they
transcribe each other. Languages in this order where known: English, Serbian/Croatian/Bosnian/Montenegrin,
Macedonian, Bulgarian, Slovene, Albanian, Greek, Turkish, Romanian, Hungarian, Ukrainian.
"""

# ruff: noqa: RUF001 - letters of the region that look like others

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geoanalysis.domain.vocabularies import (
    Commodity,
    CrimeArea,
    Direction,
    Handling,
    Selection,
    SourceType,
    Unit,
    UnitChecked,
)

SYNONYMS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = MappingProxyType(
    {
        Commodity: {
            Commodity.FIREARM: (
                "firearms, weapon, weapons, gun, pistol, pistols, handgun, revolver, rifle, shotgun, machine "
                "gun, submachine gun, sub-machine gun, assault rifle, automatic rifle, kalashnikov, carbine, "
                "vatreno oružje, oružje, pištolji, revolveri, puška, puške, automatska puška, lovačka puška, "
                "sačmarica, karabin, automat, oružje vatreno, огнено оружје, оръжие, огнестрелно оръжие, "
                "пистолет, автомат, карабина, orožje, pištola, armë, armë zjarri, pistoletë, όπλο, πυροβόλο "
                "όπλο, περίστροφο, τουφέκι, silah, ateşli silah, tabanca, tüfek, av tüfeği, armă, armă de "
                "foc, pușcă, carabină, fegyver, lőfegyver, pisztoly, зброя, вогнепальна зброя, гвинтівка"
            ),
            Commodity.FIREARM_PART: (
                "firearm parts, gun part, weapon part, magazine, silencer, barrel, delovi oružja, dijelovi "
                "oružja, deo oružja, prigušivač, okvir za municiju, делови за оружје, части за оръжие, "
                "заглушител, deli orožja, pjesë arme, μέρη όπλων, silah parçası, piese de armă, "
                "fegyveralkatrész, частини зброї"
            ),
            Commodity.AMMUNITION: (
                "ammo, cartridges, bullets, rounds, municija, metak, meci, strelivo, боеприпаси, патрони, "
                "municion, fishekë, πυρομαχικά, φυσίγγια, mühimmat, fişek, mermi, muniție, cartușe, lőszer, "
                "набої"
            ),
            Commodity.EXPLOSIVE: (
                "explosives, tnt, dynamite, eksploziv, взрив, взривни вещества, експлозиви, razstrelivo, "
                "lëndë plasëse, εκρηκτικά, εκρηκτική ύλη, patlayıcı, patlayıcı madde, robbanóanyag, вибухівка"
            ),
            Commodity.EXPLOSIVE_ORDNANCE: (
                "grenade, grenades, hand grenade, mine, anti-personnel mine, rocket, missile, rocket "
                "launcher, ručna bomba, bomba, granata, mina, рачна бомба, ръчна граната, ročna bomba, "
                "granatë, χειροβομβίδα, νάρκη, el bombası, mayın, grenadă, gránát, kézigránát, akna, гранати"
            ),
            Commodity.HEROIN: "heroine, diamorphine, ηρωίνη, eroin, heroină, героїн",
            Commodity.COCAINE: "coke, cocain, crack, kokain, kokainë, κοκαΐνη, cocaină",
            Commodity.CANNABIS: (
                "marijuana, marihuana, cannabis herb, cannabis resin, hashish, hash, hemp, weed, kanabis, "
                "konoplja, indijska konoplja, коноп, канабис марихуана, marijuanë, hashash, κάνναβη, kenevir,"
                " hint keneviri, esrar, skunk, kannabisz, гашиш"
            ),
            Commodity.SYNTHETIC_DRUG: (
                "synthetic drugs, amphetamine, amphetamines, methamphetamine, meth, speed, mdma, ecstasy, "
                "captagon, lsd, new psychoactive substance, nps, synthetic cannabinoid, synthetic cathinone, "
                "sintetička droga, amfetamin, metamfetamin, ekstazi, синтетичен наркотик, sintetična droga, "
                "drogë sintetike, συνθετικά ναρκωτικά, αμφεταμίνη, μεθαμφεταμίνη, έκσταση, "
                "sentetik uyuşturucu, bonzai, droguri sintetice, amfetamină, metamfetamină, szintetikus drog"
            ),
            Commodity.OPIUM: "raw opium, opij, όπιο, afyon, opiu",
            Commodity.OTHER_DRUG: (
                "drug, drugs, narcotics, other drugs, droga, droge, opojna droga, наркотик, наркотици, "
                "mamila, ναρκωτικά, uyuşturucu, drog, droguri, kábítószer, наркотики, khat, methadone, "
                "ketamine"
            ),
            Commodity.TOBACCO: (
                "cigarettes, cigarette, cigars, tobacco products, duvan, duhan, тутун, цигари, тютюн, tobak, "
                "cigare, καπνός, τσιγάρα, sigara, țigări, țigarete, dohány, cigaretta, сигарети"
            ),
            Commodity.CASH: (
                "money, currency, banknotes, novac, gotovina, пари, готови пари, валута, denar, para, kesh, "
                "μετρητά, χρήματα, nakit, nakit para, numerar, bani, készpénz, pénz, готівка, гроші"
            ),
            Commodity.VEHICLE: (
                "vehicles, car, cars, stolen vehicle, stolen car, lorry, truck, van, motorcycle, vozilo, "
                "vozila, ukradeno vozilo, автомобил, превозно средство, мпс, automjet, makinë, όχημα, "
                "αυτοκίνητο, araç, otomobil, vehicul, autovehicul, autoturism, jármű, gépkocsi, транспортний "
                "засіб"
            ),
            Commodity.DOCUMENT: (
                "documents, forged document, false document, passport, identity card, isprava, isprave, "
                "dokument, lažna isprava, falsifikovana isprava, документи, фалшив документ, фалсификуван "
                "документ, ponarejen dokument, dokument i falsifikuar, έγγραφο, πλαστό έγγραφο, belge, sahte "
                "belge, document fals, acte false, okmány, hamis okmány, підроблений документ"
            ),
            Commodity.PERSONS: (
                "person, migrant, migrants, smuggled persons, irregular migrants, victims, lica, osobe, "
                "migranti, незаконни мигранти, osebe, persona, migrantë, πρόσωπα, μετανάστες, kişi, göçmen, "
                "düzensiz göçmen, persoane, személyek, migránsok, особи"
            ),
            Commodity.OTHER: (
                "other goods, goods, ostalo, drugo, останато, të tjera, άλλο, diğer, altele, egyéb, інше"
            ),
        },
        CrimeArea: {
            CrimeArea.FIREARMS: (
                "firearm, weapons, arms trafficking, firearms trafficking, oružje, vatreno oružje, оръжия, "
                "orožje, armë, όπλα, silah, silah kaçakçılığı, fegyver, fegyverek, зброя"
            ),
            CrimeArea.DRUGS: (
                "drug, narcotics, drug trafficking, drugs trafficking, droga, droge, дроги, наркотици, "
                "mamila, narkotikë, ναρκωτικά, uyuşturucu, droguri, kábítószer, наркотики"
            ),
            CrimeArea.MIGRANT_SMUGGLING: (
                "smuggling of migrants, facilitated illegal immigration, people smuggling, illegal "
                "immigration, facilitation, krijumčarenje migranata, krijumčarenje ljudi, криумчарење "
                "мигранти, контрабанда на мигранти, трафик на мигранти, tihotapljenje migrantov, kontrabandë "
                "migrantësh, διακίνηση μεταναστών, göçmen kaçakçılığı, trafic de migranți, embercsempészet, "
                "незаконне переправлення"
            ),
            CrimeArea.HUMAN_TRAFFICKING: (
                "thb, trafficking in human beings, human traffic, trafficking in persons, trgovina ljudima, "
                "трговија со луѓе, трафик на хора, trgovina z ljudmi, trafikim i qenieve njerëzore, εμπορία "
                "ανθρώπων, insan ticareti, trafic de persoane, emberkereskedelem, торгівля людьми"
            ),
            CrimeArea.DOCUMENT_FRAUD: (
                "documents, false documents, forged documents, document forgery, falsifikovanje isprava, "
                "фалсификување документи, документни измами, фалшиви документи, ponarejanje listin, "
                "falsifikim dokumentesh, πλαστογραφία εγγράφων, belge sahteciliği, fals de documente, "
                "okmányhamisítás, підробка документів"
            ),
            CrimeArea.OTHER: "others, ostalo, drugo, останато, të tjera, άλλο, diğer, altele, egyéb, інше",
        },
        Unit: {
            Unit.KG: "kilo, kilos, kilogram, kilograms, kgs, kilogramë, κιλά, kilogramos",
            Unit.G: "gr, gram, grams, gramme, γραμμάρια, grama",
            Unit.LITRE: "litre, litres, liter, liters, ltr, litar, litra, λίτρο, litru, litri",
            Unit.PIECE: (
                "pieces, pc, pcs, item, items, unit, units, count, komad, komada, kom, парче, броя, брой, бр,"
                " kos, copë, τεμάχια, τεμάχιο, τεμ, adet, bucată, bucăți, buc, darab, db, штук, шт"
            ),
            Unit.TABLET: (
                "tablets, pill, pills, tableta, tablete, таблети, δισκία, χάπια, hap, pastile, comprimate, "
                "таблетки"
            ),
            Unit.PLANT: (
                "plants, biljka, stabljika, stabljike, растение, растения, bimë, φυτά, δενδρύλλια, bitki, "
                "plante, növény"
            ),
            Unit.CARTRIDGE: (
                "cartridges, round, rounds, bullets, metak, metaka, патрон, патрони, fishek, φυσίγγια, "
                "cartușe, töltény, набій"
            ),
            Unit.CIGARETTE: "cigarettes, stick, sticks, cigareta, цигара, къс, sigara, țigarete, szál",
            Unit.PACK: (
                "packs, packet, packets, kutija, paklica, pakla, кутии, пакет, pako, πακέτα, pachete, doboz"
            ),
            Unit.PERSON: (
                "persons, people, lice, lica, osoba, osobe, oseba, persona, άτομα, πρόσωπα, kişi, persoane, "
                "fő"
            ),
            Unit.EUR: "euro, euros, eura, evro, avro",
        },
        Selection: {
            Selection.RANDOM: (
                "at random, random check, slučajno, nasumično, naključno, τυχαία, rastgele, aleatoriu"
            ),
            Selection.TARGETED: (
                "risk, risk based, risk profile, profile, intelligence, intelligence led, selective, ciljano,"
                " na osnovu analize rizika, насочено, целево, ciljno, στοχευμένα, hedefli, țintit, célzott"
            ),
            Selection.UNKNOWN: "not known, nepoznato, неизвестно, neznano, άγνωστο, bilinmiyor, necunoscut",
        },
        UnitChecked: {
            UnitChecked.PERSON: (
                "persons, people, lica, osobe, osebe, persona, άτομα, πρόσωπα, kişi, persoane, személy"
            ),
            UnitChecked.VEHICLE: (
                "vehicles, cars, vozilo, vozila, превозни средства, automjete, οχήματα, araç, vehicule, jármű"
            ),
            UnitChecked.PARCEL: "parcels, paket, paketi, колет, pako, δέματα, koli, colete, csomag",
            UnitChecked.PREMISES: (
                "premise, buildings, objekat, objekti, објект, помещение, ambiente, χώρος, bina, incinte, "
                "helyiség"
            ),
            UnitChecked.DOCUMENT: (
                "documents, isprava, isprave, документ, документи, έγγραφα, belge, documente, okmány"
            ),
        },
        Direction: {
            Direction.ENTRY: (
                "in, inbound, entering, incoming, ulaz, влез, влизане, вход, vstop, hyrje, είσοδος, giriş, "
                "intrare, belépés"
            ),
            Direction.EXIT: (
                "out, outbound, leaving, outgoing, izlaz, излез, излизане, изход, izstop, dalje, έξοδος, "
                "çıkış, ieșire, kilépés"
            ),
            Direction.TRANSIT: "tranzit, διέλευση, transit geçiş",
            Direction.INLAND: (
                "domestic, inside, unutrašnjost, во внатрешност, вътрешност, notranjost, εσωτερικό, yurt içi,"
                " interior"
            ),
            Direction.UNKNOWN: "not known, nepoznato, неизвестно, neznano, άγνωστο, bilinmiyor, necunoscut",
        },
        SourceType: {
            SourceType.OFFICIAL: (
                "police, customs, border police, službeno, zvanično, официално, επίσημη, resmi"
            ),
            SourceType.PARTNER: "partners, partner agency, partnersko, партньор, εταίρος, ortak, partener",
            SourceType.MEDIA: "press, news, open source, mediji, медиуми, μέσα ενημέρωσης, basın, presă",
        },
        Handling: {
            Handling.H0: "h 0",
            Handling.H1: "h 1",
            Handling.H2: "h 2",
            Handling.H3: "h 3",
        },
    }
)
"""Comma-separated words for each member of each vocabulary."""
