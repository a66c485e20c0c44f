"""The duties of innovation teams (কার্যপরিধি) as dated rows, in this system's own words.

The 21 of the gazette of 16 November 2023 are complete. Of the notification of 8 April 2013 the
five duties of the team are known from orders that offices issued under it; its own text was not at
hand, so each row says that it is still to be compared, and the day by which the yearly report was
due then is left out.
"""

from datetime import date

from django.db import migrations

FIRST, SECOND = date(2013, 4, 8), date(2023, 11, 16)
LAST_OF_FIRST = date(2023, 11, 15)
SOURCE_2013 = (
    "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ৮ এপ্রিল ২০১৩, ইনোভেশন টিমের কার্যপরিধি ({}); "
    "মূল পাঠের সঙ্গে মিলিয়ে দেখা বাকি"
)
SOURCE_2023 = "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ১৬ নভেম্বর ২০২৩, কার্যপরিধি ({})"

OF_2013 = (
    (
        "নিজ কার্যালয়ের সেবা দেওয়ার পদ্ধতি ও ভেতরের কাজের ধারার মান উন্নত করা।",
        "Improve the quality of how the office delivers its services and runs its internal work.",
    ),
    (
        "এসব কাজের বাৎসরিক কর্মপরিকল্পনা তৈরি করা, বছরের শুরুতে মাসিক সমন্বয় সভার অনুমোদন নেওয়া "
        "এবং পরিকল্পনাটি বাস্তবায়ন করা।",
        "Prepare a yearly work plan for this, have the monthly coordination meeting approve it at "
        "the beginning of the year, and carry it out.",
    ),
    (
        "প্রতি মাসে টিমের সভা করা, কর্মপরিকল্পনার অগ্রগতি খতিয়ে দেখা এবং মাসিক সমন্বয় সভাকে তা "
        "জানানো।",
        "Meet every month, examine the progress of the work plan and tell the monthly coordination "
        "meeting of it.",
    ),
    (
        "মন্ত্রণালয়, বিভাগ, দপ্তর, জেলা ও উপজেলার অন্য ইনোভেশন টিমগুলোর সঙ্গে যোগাযোগ রাখা ও কাজের "
        "সমন্বয় করা।",
        "Keep in touch and coordinate with the other innovation teams concerned, of ministries, "
        "divisions, agencies, districts and upazilas.",
    ),
    (
        "আগের বছরের কাজের পূর্ণাঙ্গ বার্ষিক প্রতিবেদন তৈরি করে মন্ত্রিপরিষদ বিভাগে পাঠানো এবং নিজ "
        "ওয়েবসাইটে প্রকাশ করা।",
        "Write a full report on the previous year's work each year, send it to the Cabinet "
        "Division and publish it on the office's own website.",
    ),
)

OF_2023 = (
    (
        "নিজ দপ্তর ও অধীন দপ্তরগুলোর সেবা দেওয়ার পদ্ধতি, ভেতরের কাজের ধারা এবং উপাত্ত দেখে সিদ্ধান্ত "
        "নেওয়ার রীতির মান উন্নত করা।",
        "Improve the quality of how the office and those under it deliver services, run their "
        "internal work and take decisions on the strength of data.",
    ),
    (
        "এসব কাজের বাৎসরিক কর্মপরিকল্পনা তৈরি করা, বছরের শুরুতে মাসিক সমন্বয় সভার অনুমোদন নেওয়া "
        "এবং পরিকল্পনাটি বাস্তবায়ন করা।",
        "Prepare a yearly work plan for this, have the monthly coordination meeting approve it at "
        "the beginning of the year, and carry it out.",
    ),
    (
        "প্রতি মাসে টিমের সভা করা, কর্মপরিকল্পনার অগ্রগতি খতিয়ে দেখা এবং মাসিক সমন্বয় সভায় তা তুলে "
        "ধরা।",
        "Meet every month, examine the progress of the work plan and present it to the monthly "
        "coordination meeting.",
    ),
    (
        "মন্ত্রণালয়, বিভাগ, দপ্তর, জেলা ও উপজেলার সংশ্লিষ্ট অন্য ইনোভেশন টিমগুলোর সঙ্গে যোগাযোগ রাখা "
        "ও কাজের সমন্বয় করা।",
        "Keep in touch and coordinate with the other innovation teams concerned, of ministries, "
        "divisions, agencies, districts and upazilas.",
    ),
    (
        "আগের বছরের কাজের পূর্ণাঙ্গ বার্ষিক প্রতিবেদন তৈরি করে প্রতি বছর ৩১ জুলাইয়ের মধ্যে "
        "মন্ত্রিপরিষদ বিভাগে পাঠানো এবং নিজ ওয়েবসাইটে প্রকাশ করা।",
        "Write a full report on the previous year's work by 31 July each year, send it to the "
        "Cabinet Division and publish it on the office's own website.",
    ),
    (
        "২০৪১ সালের মধ্যে স্মার্ট বাংলাদেশ, অর্থাৎ স্মার্ট নাগরিক, স্মার্ট সরকার, স্মার্ট সমাজ ও স্মার্ট "
        "অর্থনীতি গড়তে ডিজিটাইজেশনের উদ্যোগ নেওয়া; এ বিষয়ে সরকারের চলমান উদ্যোগগুলো নিজ দপ্তরে "
        "গ্রহণ ও বাস্তবায়ন করা; এবং দরকারি প্রশিক্ষণ, তদারকি ও মূল্যায়নের ব্যবস্থা করা।",
        "Start digitisation for a Smart Bangladesh by 2041 (smart citizens, government, society "
        "and economy), take over and carry out what the government already has under way, and "
        "arrange the training, supervision and evaluation it needs.",
    ),
    (
        "পরিবর্তনের রূপকার হয়ে নিজ কার্যালয়ে সৃজনশীল চর্চার পরিবেশ ও সুযোগ তৈরি করা, যাতে সেবা, "
        "ভেতরের কাজ ও উপাত্তভিত্তিক সিদ্ধান্তের মান বাড়ে; এবং প্রশিক্ষণ দিয়ে টিমের সদস্যদের কাজের "
        "আগ্রহ বাড়ানো।",
        "As agents of change, build in their own office a culture of creative practice and room "
        "for it, so that services, internal work and decisions based on data get better, and "
        "strengthen the members' own drive by training.",
    ),
    (
        "নিজ দপ্তর ও অধীন দপ্তরগুলোতে আইসিটি, ডিজিটাল নেতৃত্ব, উপাত্ত শাসন (ডাটা গভর্নেন্স), উন্মুক্ত "
        "উপাত্ত, উপাত্তে নেতৃত্ব, উপাত্ত বিশ্লেষণ, উপাত্তের দৃশ্যরূপ এবং সব উদ্ভাবনী কাজ ছড়িয়ে দিয়ে "
        "সরকারি কাজে উদ্ভাবনে উৎসাহ দেওয়া; উপাত্তভিত্তিক প্রকল্প নেওয়া, বাস্তবায়ন ও তদারকি করা; "
        "উপাত্ত সরকারি ডাটা সেন্টারে রাখা ও সহজে আদান-প্রদানের ব্যবস্থা করা; উপাত্তনির্ভর সিদ্ধান্তের "
        "অভ্যাস গড়া; এবং উপাত্তে নেতৃত্ব ও উন্নত প্রযুক্তির ব্যবহারকে অগ্রাধিকার দিয়ে এসব কাজের "
        "সমন্বয় করা।",
        "Encourage innovation in government work by spreading ICT, digital leadership, data "
        "governance, open data, data leadership, analytics, visualisation and every innovative "
        "activity in the office and those under it; take up, carry out and supervise projects "
        "based on data; keep data in the government's data centre and make it easy to exchange; "
        "grow the habit of deciding by data; and give data leadership and advanced technology "
        "priority and coordinate them.",
    ),
    (
        "নিজ দপ্তর ও অধীন দপ্তরগুলোর সব সেবা ই-সেবা করার কাজ সমন্বয় করা; তৈরি করানো সফটওয়্যারের সোর্স "
        "কোড সরবরাহকারীর কাছ থেকে বুঝে নিয়ে সুরক্ষিত রাখা; সফটওয়্যারের মান পরীক্ষার সনদ নিশ্চিত করা; "
        "‘মাইগভ’-এর মাধ্যমে ই-সেবা দেওয়া; এবং ই-ফাইল, চিঠিপত্র ও দলিলের ইলেকট্রনিক আদান-প্রদান ও "
        "দাপ্তরিক কাজে সরকারি ই-মেইল ব্যবহারে উৎসাহ দেওয়া।",
        "Coordinate turning all services of the office and those under it into e-services; take "
        "over the source code of software built for them from its makers and keep it safe; make "
        "sure of certificates of software quality testing; give e-services through myGov; and "
        "encourage e-filing, the electronic exchange of letters and documents and the use of "
        "government e-mail.",
    ),
    (
        "নিজ দপ্তর ও অধীন দপ্তরগুলোর যাবতীয় তথ্য একত্র করে প্রতিষ্ঠানের প্রোফাইল তৈরি ও হালনাগাদ রাখা; "
        "কার্যালয়ের ওয়েবসাইট নিয়মিত হালনাগাদ করা; এবং আরএমএস ও জিআরএসের ব্যবহার নিশ্চিত করা।",
        "Gather all information on the office and those under it into a profile of the "
        "institution and keep it current, update the office's website regularly, and make sure "
        "that the RMS and the GRS are used.",
    ),
    (
        "সরকারি-বেসরকারি সেবা তৈরিতে নাগরিক ও সরকারের সমন্বয় বাড়াতে ই-পার্টিসিপেশন সম্প্রসারণের "
        "পদক্ষেপ নেওয়া; এবং ই-ইক্যুয়ালিটি নিশ্চিত করে ডিজিটাল বৈষম্য কমানোর উদ্যোগ নেওয়া।",
        "Extend e-participation, so that citizens and government work together more closely when "
        "public and private services are made, and reduce the digital divide by e-equality.",
    ),
    (
        "নিজ দপ্তর ও অধীন দপ্তরগুলোর উদ্ভাবনী উদ্যোগে চতুর্থ শিল্প বিপ্লবের ও অগ্রসরমান প্রযুক্তির "
        "ব্যবহার বাড়ানো এবং এসব প্রযুক্তি দিয়ে নাগরিককেন্দ্রিক স্মার্ট সেবা নিশ্চিত করা।",
        "Use technologies of the fourth industrial revolution and other emerging ones more in the "
        "initiatives of the office and those under it, and make sure of smart, citizen-centred "
        "services with their help.",
    ),
    (
        "নিজ দপ্তর বা অধীন দপ্তরের কোনো উদ্যোগের পাইলট সফল হলে সম্ভাব্যতা যাচাই করে তা স্কেল-আপ করা; "
        "এবং স্কেল-আপ হওয়া উদ্যোগ চালু রাখতে তদারকি ও সহযোগিতা করা।",
        "When a pilot of the office or of one under it has succeeded, examine whether it can be "
        "scaled up and see to it; supervise and support what was scaled up, so that it lasts.",
    ),
    (
        "নিজ দপ্তরের মতো কাজ বা সেবায় অন্য সংস্থার উদ্ভাবনী উদ্যোগ খোঁজা; এবং প্রযোজ্য হলে সফল উদ্যোগ "
        "দরকারমতো পরিমার্জন করে নিজ দপ্তরে চালু করার ব্যবস্থা নেওয়া।",
        "Look for initiatives of other organisations in work and services like the office's own "
        "and, where they fit, have the successful ones adapted and followed there.",
    ),
    (
        "নিজ দপ্তর ও অধীন দপ্তরগুলোর উদ্ভাবনী উদ্যোগে উৎসাহ ও সহযোগিতা দেওয়া এবং গৃহীত উদ্যোগগুলোর "
        "শোকেসিংয়ের আয়োজন করা।",
        "Encourage and support the initiatives of the office and those under it, and arrange for "
        "the showcasing of those that were taken up.",
    ),
    (
        "নাগরিক সেবা সহজ করতে (service process simplification) চলতি ব্যবস্থার সংস্কার করা এবং সিটিজেন "
        "চার্টার ঠিকভাবে কার্যকর করা।",
        "Reform existing arrangements for the sake of service process simplification, and put the "
        "Citizen's Charter properly into effect.",
    ),
    (
        "সাইবার নিরাপত্তা ও উপাত্তের সুরক্ষা নিশ্চিত করতে উদ্যোগ নেওয়া।",
        "Take steps to ensure cyber security and the protection of data.",
    ),
    (
        "বাংলাদেশ ন্যাশনাল ডিজিটাল আর্কিটেকচার (BNDA) মেনে আইসিটি কাজকে আদর্শ মানে আনা এবং ব্যবস্থাগুলোর "
        "ইন্টিগ্রেশন ও ইন্টারঅপারেবিলিটি নিশ্চিত করা।",
        "Bring ICT work to the standards of the Bangladesh National Digital Architecture (BNDA) "
        "and ensure integration and interoperability.",
    ),
    (
        "জাতীয় আইসিটি নীতিমালা ২০১৮-এর ICT Action Plan যথাযথভাবে বাস্তবায়িত হওয়া নিশ্চিত করা।",
        "Make sure that the ICT Action Plan of the National ICT Policy 2018 is duly carried out.",
    ),
    (
        "নিজ কার্যালয়ের আইসিটি কাজের বাজেট করা, প্রকল্প নেওয়া, অর্থায়নের ব্যবস্থা করা, কাজ পর্যবেক্ষণ ও "
        "অগ্রগতি মূল্যায়ন করা এবং মাসিক সমন্বয় সভায় তা তুলে ধরা।",
        "Budget the office's own ICT work, take up projects, arrange their funding, monitor the "
        "work, evaluate its progress and present it to the monthly coordination meeting.",
    ),
    (
        "তথ্য অধিকার আইন অনুযায়ী নিজ কার্যালয়ের দায়িত্বপ্রাপ্ত কর্মকর্তার সঙ্গে কাজের সমন্বয় করা।",
        "Coordinate with the officer whom the office has designated under the Right to "
        "Information Act.",
    ),
)

BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def add_terms(apps, schema_editor):
    terms = apps.get_model("teams", "TermOfReference").objects
    for texts, valid_from, valid_to, source in (
        (OF_2013, FIRST, LAST_OF_FIRST, SOURCE_2013),
        (OF_2023, SECOND, None, SOURCE_2023),
    ):
        for number, (text_bn, text_en) in enumerate(texts, start=1):
            terms.get_or_create(
                number=number,
                valid_from=valid_from,
                defaults={
                    "valid_to": valid_to,
                    "source": source.format(str(number).translate(BENGALI_DIGITS)),
                    "text_bn": text_bn,
                    "text_en": text_en,
                },
            )


class Migration(migrations.Migration):

    dependencies = [("teams", "0006_teams_posts_and_record")]

    operations = [migrations.RunPython(add_terms, migrations.RunPython.noop)]
